/**
 * The signature of an MP3 frame has only eleven bits, which other data can contain by chance or on purpose. A file counts
 * as MP3 if a second frame begins exactly where the header of the first one says.
 * http://www.mp3-tech.org/programmer/frame_header.html
 */

/** The first frame must begin within this distance of the tag. Encoders leave gaps. */
const MAX_GAP_BYTES = 64 * 1024;

export async function hasMp3Frames(
  readAt: (position: number, length: number) => Promise<Buffer>,
): Promise<boolean> {
  const bytes = await readAt(lengthOfTag(await readAt(0, 10)), MAX_GAP_BYTES);
  for (let at = bytes.indexOf(0xff); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const length = lengthOfFrame(bytes, at);
    if (length !== null && lengthOfFrame(bytes, at + length) !== null) return true;
  }
  return false;
}

/** An ID3v2 tag at the start of the file gives its length as four bytes of seven bits. */
function lengthOfTag(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0;
  const length = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (head.readUInt8(at) & 0x7f), 0);
  return length + 10;
}

const KILOBITS = {
  version1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  version2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const HERTZ = [44_100, 48_000, 32_000];

/** Returns null if there is no header of a layer III frame at this offset. */
function lengthOfFrame(bytes: Buffer, at: number): number | null {
  if (at + 4 > bytes.length) return null;
  const header = bytes.readUInt32BE(at);
  const [version, layer] = [(header >>> 19) & 3, (header >>> 17) & 3];
  if (header >>> 21 !== 0x7ff || version === 1 || layer !== 1) return null;
  const isVersion1 = version === 3;
  const kilobits = (isVersion1 ? KILOBITS.version1 : KILOBITS.version2)[(header >>> 12) & 15];
  const hertz = HERTZ[(header >>> 10) & 3];
  if (!kilobits || !hertz) return null;
  const divisor = isVersion1 ? 1 : version === 2 ? 2 : 4;
  const samples = isVersion1 ? 144 : 72;
  return Math.floor((samples * kilobits * 1000) / (hertz / divisor)) + ((header >>> 9) & 1);
}
