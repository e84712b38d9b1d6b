import type { Metadata } from 'sharp';
import { trimPixels } from './gif-pixels.ts';

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const [TIMING, APPLICATION] = [0xf9, 0xff];

/** A read position. Reading past the end throws. */
type Cursor = { bytes: Buffer; at: number };

/**
 * Rebuilds the file from its frames, palettes, timing and loop count. Comments, application extensions, and data after
 * the pixels of a frame or after the trailer are dropped. The pixels are not encoded again, which would take 0.25 s per
 * million pixels and lose colours if frames have their own palettes.
 */
export async function cleanGif(bytes: Buffer, { width, height }: Metadata): Promise<Buffer> {
  const cursor = { bytes, at: 6 };
  const flags = take(cursor, 7).readUInt8(4);
  // The file may state a screen size that browsers would use, but libvips does not; the size found by libvips counts.
  const screen = Buffer.of(width & 255, width >> 8, height & 255, height >> 8, flags, 0, 0);
  const parts = [Buffer.from('GIF89a'), screen, takePalette(cursor, flags)];
  while (cursor.at < bytes.length) {
    const kind = take(cursor, 1).readUInt8();
    if (kind === TRAILER) break;
    if (kind === EXTENSION) parts.push(takeExtension(cursor));
    else if (kind === IMAGE) parts.push(takeImage(cursor, { width, height }));
    else throw new Error('The GIF has an unknown block.');
  }
  return Buffer.concat([...parts, Buffer.of(TRAILER)]);
}

function takeExtension(cursor: Cursor): Buffer {
  const label = take(cursor, 1).readUInt8();
  const blocks = takeBlocks(cursor);
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = blocks;
  if (label === TIMING && first.length === 4) return writeExtension(TIMING, [first]);
  const isLoop = label === APPLICATION && /^(NETSCAPE2|ANIMEXTS1)\.0$/.test(first.toString('latin1'));
  if (!isLoop || second.length < 3 || second[0] !== 1) return Buffer.alloc(0);
  return writeExtension(APPLICATION, [Buffer.from('NETSCAPE2.0'), second.subarray(0, 3)]);
}

function writeExtension(label: number, blocks: Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(EXTENSION, label), writeBlocks(blocks)]);
}

function takeImage(cursor: Cursor, screen: { width: number; height: number }): Buffer {
  const head = take(cursor, 9);
  const [left, top, width, height] = [
    head.readUInt16LE(0),
    head.readUInt16LE(2),
    head.readUInt16LE(4),
    head.readUInt16LE(6),
  ];
  if (left + width > screen.width || top + height > screen.height)
    throw new Error('A frame of the GIF exceeds the screen.');
  const palette = takePalette(cursor, head.readUInt8(8));
  const codeSize = take(cursor, 1);
  const size = { pixels: width * height, codeSize: codeSize.readUInt8() };
  const pixels = trimPixels(Buffer.concat(takeBlocks(cursor)), size);
  return Buffer.concat([Buffer.of(IMAGE), head, palette, codeSize, writeBlocks(splitBlocks(pixels))]);
}

/** The flags hold whether there is a palette, and the logarithm of its length. */
function takePalette(cursor: Cursor, flags: number): Buffer {
  return take(cursor, flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
}

/** Each block is a length and its content. An empty block ends the list. */
function takeBlocks(cursor: Cursor): Buffer[] {
  const blocks: Buffer[] = [];
  for (;;) {
    const length = take(cursor, 1).readUInt8();
    if (length === 0) return blocks;
    blocks.push(take(cursor, length));
  }
}

function splitBlocks(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / 255) }, (_, i) =>
    bytes.subarray(i * 255, (i + 1) * 255),
  );
}

function writeBlocks(blocks: Buffer[]): Buffer {
  return Buffer.concat([...blocks.flatMap((block) => [Buffer.of(block.length), block]), Buffer.of(0)]);
}

function take(cursor: Cursor, length: number): Buffer {
  const end = cursor.at + length;
  if (end > cursor.bytes.length) throw new Error('The GIF is truncated.');
  const taken = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return taken;
}
