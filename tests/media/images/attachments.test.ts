import { expect, test } from 'vitest';
import { useImages } from './use-images.ts';

const images = useImages();

/** MPEG-1 Layer III frames of 417 bytes each, at 128 kbit/s and 44.1 kHz. */
const frames = Buffer.concat(
  Array(8).fill(Buffer.concat([Buffer.of(0xff, 0xfb, 0x90, 0x00), Buffer.alloc(413, 7)])),
);
const tag = Buffer.concat([Buffer.from('ID3\u0003\0\0\0\0\u0002\0'), Buffer.alloc(256, 0x20)]);
const box = (name: string, content: Buffer) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(name, 4);
  return Buffer.concat([head, content]);
};

test.each([
  ['an MP3', 'mp3', 'audio/mpeg', frames],
  ['an MP3 with an ID3 tag', 'mp3', 'audio/mpeg', Buffer.concat([tag, frames])],
  [
    'an M4A',
    'm4a',
    'audio/mp4',
    Buffer.concat([box('ftyp', Buffer.from('M4A \0\0\0\0M4A mp42')), box('mdat', Buffer.alloc(600))]),
  ],
  [
    'an M4B audiobook',
    'm4a',
    'audio/mp4',
    Buffer.concat([box('ftyp', Buffer.from('M4B \0\0\0\0M4B mp42')), box('mdat', Buffer.alloc(600))]),
  ],
  [
    'a PDF',
    'pdf',
    'application/pdf',
    Buffer.from('%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF'),
  ],
])('the bytes of %s are not changed', async (_kind, extension, mimeType, bytes) => {
  const cleaned = await images.cleanBytes(bytes);
  expect(cleaned.bytes.equals(bytes)).toBe(true);
  expect(cleaned).toEqual({
    extension,
    mimeType,
    size: bytes.length,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    width: null,
    height: null,
    frames: null,
    hasAlpha: false,
    thumbhash: null,
    placeholder: null,
    embedded: { alt: null, caption: null, credit: null, licenceUrl: null },
    bytes: expect.anything(),
  });
});
