import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

const drawn = new Map<string, Buffer>();

/** Waves with noise: hard to compress, and nearly every pixel differs from its neighbours. */
export function photograph(width: number, height: number): Sharp {
  const raw = drawn.get(`${width}x${height}`) ?? drawPhotograph(width, height);
  drawn.set(`${width}x${height}`, raw);
  return sharp(raw, { raw: { width, height, channels: 3 } });
}

function drawPhotograph(width: number, height: number): Buffer {
  const raw = Buffer.alloc(width * height * 3);
  let seed = 1;
  for (let at = 0; at < raw.length; at += 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    raw[at] = 128 + 90 * Math.sin(x / 40 + (at % 3)) * Math.cos(y / 30) + (seed >>> 28);
  }
  return raw;
}

/** A drawing with flat colours and sharp edges. */
export function diagram(width: number, height: number, background = '#fff'): Sharp {
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 300 200">
      <rect width="300" height="200" fill="${background}"/>
      <rect x="20" y="30" width="100" height="60" fill="#0a7"/><circle cx="220" cy="100" r="50" fill="#e40"/>
      <path d="M120 60 L170 100" stroke="#124" stroke-width="4"/>
    </svg>`),
  );
}

/** A rectangle that moves to the right over a plain background. */
export async function animation(
  format: 'gif' | 'webp',
  frames = 4,
  width = 60,
  height = 40,
): Promise<Buffer> {
  const stride = width * 3;
  const raw = Buffer.alloc(stride * height * frames, 200);
  for (let y = 0; y < height * frames; y += 1) {
    const left = Math.floor(y / height) * 8;
    if (y % height > 10 && y % height < 25) raw.fill(30, y * stride + left * 3, y * stride + (left + 12) * 3);
  }
  const roll = { width, height: height * frames, channels: 3 as const, pageHeight: height };
  const timing = { delay: Array.from({ length: frames }, (_, i) => 100 + i * 10), loop: 3 };
  return sharp(raw, { raw: roll }).toFormat(format, timing).toBuffer();
}

/** Metadata that cameras, agencies and programs embed in a file. */
export const EMBEDDED = {
  exif: {
    IFD0: { ImageDescription: 'EXIF-DESCRIPTION', Artist: 'EXIF-ARTIST', Make: 'SECRET-MAKE' },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '51/1 30/1 3230/100',
      GPSLongitudeRef: 'W',
      GPSLongitude: '0/1 7/1 4366/100',
    },
  },
  xmp: `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
      xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
      photoshop:Credit="XMP-CREDIT &amp; Söhne" xmpRights:WebStatement="https://example.org/terms">
      <dc:description><rdf:Alt><rdf:li xml:lang="de">XMP-BESCHREIBUNG</rdf:li>
        <rdf:li xml:lang="x-default">XMP-DESCRIPTION</rdf:li></rdf:Alt></dc:description>
      <Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">XMP-ALT</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
    </rdf:Description></rdf:RDF></x:xmpmeta>`,
};

export function withEmbedded(image: Sharp): Sharp {
  return image.withExif(EMBEDDED.exif).withXmp(EMBEDDED.xmp);
}

type IptcSet = [record: number, number: number, content: string | Buffer];

/** Adds IPTC data sets to a JPEG, in the segment that Photoshop uses. */
export function withIptc(jpeg: Buffer, sets: IptcSet[]): Buffer {
  const iptc = Buffer.concat(
    sets.map(([record, number, content]) => {
      const bytes = Buffer.from(content);
      return Buffer.concat([Buffer.of(0x1c, record, number, bytes.length >> 8, bytes.length & 255), bytes]);
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(iptc.length);
  const resource = [Buffer.from('8BIM'), Buffer.of(4, 4, 0, 0), length, iptc, Buffer.alloc(iptc.length % 2)];
  return withSegment(jpeg, 0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0'), ...resource]));
}

/** Inserts a segment after the start-of-image marker. */
export function withSegment(jpeg: Buffer, marker: number, content: Buffer): Buffer {
  const head = Buffer.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

const NO_GAIN =
  'hdrgm:GainMapMin="0" hdrgm:Gamma="1" hdrgm:OffsetSDR="0" hdrgm:OffsetHDR="0" hdrgm:HDRCapacityMin="0"';

/** An Ultra HDR JPEG as phones make them. A second image, the gain map, follows the first. */
export async function withGainMap(jpeg: Buffer): Promise<Buffer> {
  const packet = (content: string) =>
    Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description hdrgm:Version="1.0"
      xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" ${content}/></rdf:RDF></x:xmpmeta>`);
  const map = await photograph(60, 40).toColourspace('b-w').jpeg().toBuffer();
  const gain = withSegment(map, 0xe1, packet(`${NO_GAIN} hdrgm:GainMapMax="2" hdrgm:HDRCapacityMax="2"`));
  // The index of the Multi-Picture Format: its version, the number of images and their offsets.
  const index = Buffer.alloc(86);
  index.write('MPF\0II*\0\u0008\0\0\0\u0003\0', 'latin1');
  const entries = [
    [0xb000, 7, 4, 0x30303130],
    [0xb001, 4, 1, 2],
    [0xb002, 7, 32, 50],
  ] as const;
  for (const [at, [tag, type, count, value]] of entries.entries()) {
    index.writeUInt16LE(tag, 14 + at * 12);
    index.writeUInt16LE(type, 16 + at * 12);
    index.writeUInt32LE(count, 18 + at * 12);
    index.writeUInt32LE(value, 22 + at * 12);
  }
  const first = withSegment(jpeg, 0xe1, packet(''));
  const length = first.length + index.length + 4;
  index.writeUInt32LE(0x030000, 54);
  index.writeUInt32LE(length, 58);
  index.writeUInt32LE(gain.length, 70);
  index.writeUInt32LE(length - 10, 74);
  return Buffer.concat([withSegment(first, 0xe2, index), gain]);
}

/** Inserts a chunk before the pixels. */
export function withChunk(png: Buffer, type: string, content: string | Buffer): Buffer {
  return Buffer.concat([png.subarray(0, 33), pngChunk(type, content), png.subarray(33)]);
}

/** A black PNG with one bit per pixel, which compresses to a few kilobytes at any size. */
export function blankPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height));
  const chunks = [pngChunk('IHDR', header), pngChunk('IDAT', pixels), pngChunk('IEND', '')];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}

function pngChunk(type: string, content: string | Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(content)]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length - 4, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

const zigzag = (segments: number) => `M0 0${'L1000 1000L0 500'.repeat(segments)}`;
const full = (attributes: string) => `<rect width="1000" height="1000" ${attributes}/>`;

/** Contents of an SVG of 1000 by 1000 units that take several seconds to draw at any size, of one kind each. */
export const SLOW_DRAWINGS: [what: string, inner: string][] = [
  ['short dashes', `<path d="${zigzag(2_000)}" stroke="red" stroke-dasharray="0.01"/>`],
  [
    'dashes of a style sheet',
    `<style>path{stroke-dasharray:.01}</style><path d="${zigzag(2_000)}" stroke="red"/>`,
  ],
  [
    'a filter with a large radius',
    `<filter id="f"><feMorphology operator="dilate" radius="500"/></filter>${full('filter="url(#f)"').repeat(200)}`,
  ],
  [
    'many filters',
    `<filter id="f"><feGaussianBlur stdDeviation="300"/></filter>${full('filter="url(#f)"').repeat(2_000)}`,
  ],
  [
    'nested masks',
    Array.from(
      { length: 60 },
      (_, i) => `<mask id="m${i + 1}">${full(`fill="white" mask="url(#m${i})"`)}</mask>`,
    ).join('') + full('mask="url(#m60)"').repeat(1_000),
  ],
  [
    'uses of large shapes',
    `<defs><g id="a">${full('opacity=".5"').repeat(400)}</g></defs>${'<use href="#a"/>'.repeat(450)}`,
  ],
  ['a long text', `<text>${'word ä 字 '.repeat(60_000)}</text>`],
  [
    'a pattern of slow lines',
    `<pattern id="p" width="1" height="1"><path d="${zigzag(2_000)}" stroke="red" stroke-dasharray="0.01"/></pattern>${full('fill="url(#p)"')}`,
  ],
  [
    'a path with too many joins',
    `<path d="${zigzag(50_000)}" stroke="red" stroke-width="100" stroke-linejoin="round"/>`,
  ],
];
