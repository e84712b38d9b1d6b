/**
 * IPTC-IIM (https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf), usually inside an image resource of Photoshop.
 * A data set consists of the marker 1C, record, number, length and content.
 */
export type IptcMetadata = { caption: string | null; byline: string | null; credit: string | null };

const [BYLINE, CREDIT, CAPTION] = [80, 110, 120];
/** Id of the Photoshop image resource that holds IPTC-IIM */
const IPTC_RESOURCE_ID = 0x0404;
/** ESC % G declares that the texts are UTF-8. */
const UTF_8 = Buffer.from('1b2547', 'hex');

export function readIptc(block: Buffer): IptcMetadata {
  const sets = readSets(findResource(block));
  const isUtf8 = sets.some(
    ({ record, number, content }) => record === 1 && number === 90 && content.equals(UTF_8),
  );
  const find = (wanted: number) =>
    sets
      .filter(({ record, number }) => record === 2 && number === wanted)
      .map(({ content }) => decode(content, isUtf8))
      .join(', ') || null;
  return { caption: find(CAPTION), byline: find(BYLINE), credit: find(CREDIT) };
}

function findResource(block: Buffer): Buffer {
  for (let at = block.indexOf('8BIM'); at !== -1; at = block.indexOf('8BIM', at + 4)) {
    const nameLength = block.readUInt8(at + 6);
    const start = at + 7 + nameLength + ((nameLength + 1) % 2);
    if (block.readUInt16BE(at + 4) !== IPTC_RESOURCE_ID) continue;
    return block.subarray(start + 4, start + 4 + block.readUInt32BE(start));
  }
  return block;
}

type DataSet = { record: number; number: number; content: Buffer };

function readSets(bytes: Buffer): DataSet[] {
  const sets: DataSet[] = [];
  for (let at = Math.max(bytes.indexOf(0x1c), 0); at + 5 <= bytes.length && bytes[at] === 0x1c; ) {
    const length = bytes.readUInt16BE(at + 3);
    sets.push({
      record: bytes.readUInt8(at + 1),
      number: bytes.readUInt8(at + 2),
      content: bytes.subarray(at + 5, at + 5 + length),
    });
    at += 5 + length;
  }
  return sets;
}

/** Many programs write UTF-8 without declaring it, so UTF-8 is tried first. */
function decode(content: Buffer, isUtf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !isUtf8 }).decode(content);
  } catch {
    return content.toString('latin1');
  }
}
