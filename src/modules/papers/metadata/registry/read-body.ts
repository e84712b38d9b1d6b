import { Unavailable } from './unavailable.ts';

/** Reads the text of a response, of at most `maxBytes` after decompression. */
export async function readBody(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Throwing out of the loop cancels the body.
    if (size > maxBytes) throw new Unavailable(`the response has more than ${maxBytes} bytes`, false);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
