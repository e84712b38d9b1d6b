/**
 * The text of an XML file: by its byte order mark, else by the encoding that it declares, else as UTF-8.
 * Null: the bytes are no such text; of the start of a file it is only what can be read. https://www.w3.org/TR/xml/#sec-guessing
 */
export function decodeXml(bytes: Buffer, { isCutOff = false } = {}): string | null {
  try {
    return new TextDecoder(findEncoding(bytes), { fatal: !isCutOff }).decode(bytes, { stream: isCutOff });
  } catch {
    return null;
  }
}

function findEncoding(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const declaration = /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(
    bytes.toString('latin1', 0, 200),
  );
  return declaration?.[1] ?? 'utf-8';
}
