/** https://developers.google.com/speed/webp/docs/riff_container */
export type Chunk = { name: string; content: Buffer };

/** `RIFF`, the size, and `WEBP` */
const HEADER_BYTES = 12;

/** Reads the chunks within the size stated in the header. Data after that is ignored. */
export function readWebp(bytes: Buffer): Chunk[] {
  return readChunks(bytes.subarray(HEADER_BYTES, 8 + bytes.readUInt32LE(4)));
}

export function readChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    chunks.push({
      name: bytes.toString('latin1', at, at + 4),
      content: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

export function writeWebp(chunks: Chunk[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks.map(writeChunk)]);
  return writeChunk({ name: 'RIFF', content: body });
}

export function writeChunk({ name, content }: Chunk): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}
