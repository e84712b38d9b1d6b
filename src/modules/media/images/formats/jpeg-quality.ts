/** Luminance at quality 50, in zigzag order: ITU-T T.81, table K.1. */
const STANDARD = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58,
  51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103,
  62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];

/**
 * Returns the quality, 1 to 100, at which libjpeg quantizes like the file, or at least as finely if the camera uses its
 * own tables. Returns null if the file has no 8-bit luminance table.
 */
export function readJpegQuality(bytes: Buffer): number | null {
  const table = findLuminanceTable(bytes);
  if (table === null) return null;
  const same = range(1, 100).find((quality) => scale(quality).every((value, at) => value === table[at]));
  if (same !== undefined) return same;
  const sum = table.reduce((total, value) => total + value, 0);
  return (
    range(1, 100).find((quality) => scale(quality).reduce((total, v) => total + v, 0) <= sum * 0.9) ?? 100
  );
}

/** As in jcparam.c of libjpeg. */
function scale(quality: number): number[] {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - quality * 2;
  return STANDARD.map((value) => Math.min(Math.max(Math.floor((value * percent + 50) / 100), 1), 255));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function findLuminanceTable(bytes: Buffer): number[] | null {
  // Each segment has a marker and a length. The tables precede the scan.
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda) return null;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const tables = marker === 0xdb ? bytes.subarray(at + 4, end) : null;
    if (tables !== null) {
      const table = findTable(tables);
      if (table !== null) return table;
    }
    at = end;
  }
  return null;
}

/** A table has 65 bytes with 8-bit and 129 bytes with 16-bit values. Table 0 is for luminance. */
function findTable(tables: Buffer): number[] | null {
  for (let at = 0; at < tables.length; ) {
    const kind = tables.readUInt8(at);
    if (kind === 0 && at + 65 <= tables.length) return [...tables.subarray(at + 1, at + 65)];
    at += kind >> 4 === 0 ? 65 : 129;
  }
  return null;
}
