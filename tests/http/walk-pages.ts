import type { Client } from '../support/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read answers as a client without types would.
type Entry = any;

/** Returns all entries of a list by following its Link headers. `between` runs before each further page. */
export async function walkPages(
  client: Client,
  url: string,
  between: () => Promise<unknown> = async () => {},
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let address: string | undefined = url; address; ) {
    const { status, headers, body } = await client.get(address);
    if (status !== 200) throw new Error(`${address} answers ${status}: ${JSON.stringify(body)}`);
    entries.push(...body.data);
    address = /<([^>]+)>; rel="next"/.exec(String(headers.link ?? ''))?.[1];
    if ((address === undefined) !== (body.page.next === null)) throw new Error('Link and page.next differ');
    if (address) await between();
  }
  return entries;
}
