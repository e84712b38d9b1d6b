/**
 * Decodes the text of an XML file by its byte order mark, its declared encoding, or as UTF-8
 * (https://www.w3.org/TR/xml/#sec-guessing). Returns null if the bytes are invalid in that encoding. Truncated bytes are
 * decoded leniently.
 */
export function decodeXml(bytes: Buffer, { isTruncated = false } = {}): string | null {
  try {
    return new TextDecoder(findEncoding(bytes), { fatal: !isTruncated }).decode(bytes, {
      stream: isTruncated,
    });
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
