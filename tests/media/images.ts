import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** The raster formats that uploads may have, by their names in sharp. */
export const FORMATS = [
  { format: 'png', mimeType: 'image/png', extension: 'png' },
  { format: 'jpeg', mimeType: 'image/jpeg', extension: 'jpg' },
  { format: 'webp', mimeType: 'image/webp', extension: 'webp' },
  { format: 'gif', mimeType: 'image/gif', extension: 'gif' },
  { format: 'avif', mimeType: 'image/avif', extension: 'avif' },
] as const;

type Format = (typeof FORMATS)[number]['format'];

/** A pattern of 60 by 40 pixels that no format compresses well. Each seed gives a different pattern. */
export async function drawImage(format: Format, seed = 0): Promise<Buffer<ArrayBuffer>> {
  const raw = Buffer.from(
    Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * (7 + seed) + (i >> 5) * 13) % 256),
  );
  return sharp(raw, { raw: { width: 60, height: 40, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

/** A PNG whose header declares the given size and whose pixels are missing. */
export function claimPngSize(width: number, height: number): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.alloc(1000));
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', pixels),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
