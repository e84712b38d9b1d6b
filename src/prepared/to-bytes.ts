/** Bytes; longer texts take the ordinary way. Whoever writes to it takes a copy before anybody else can. */
const scratch = Buffer.allocUnsafeSlow(1024 * 1024);
/** UTF-8 takes three bytes for a UTF-16 unit at most. */
const LONGEST = scratch.length / 3;

/** As Buffer.from, which first counts the bytes and so reads the text twice: half of the cost of both. */
export function toBytes(text: string): Buffer {
  if (text.length > LONGEST) return Buffer.from(text);
  return Buffer.from(scratch.subarray(0, scratch.write(text)));
}
