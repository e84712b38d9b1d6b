import sharp from 'sharp';
import { makeRandom } from '../random.ts';

/** The size in pixels. */
export const PHOTO = { width: 4_000, height: 3_000 };

/** A JPEG that resembles a photo: smooth and sharp transitions, textures of several grain sizes and sensor noise. */
export async function makePhoto(): Promise<Buffer> {
  const random = makeRandom(12);
  const texture = [256, 64, 16, 4, 1].map((grain) => drawNoise(random, grain));
  return sharp(Buffer.from(drawScene(random)))
    .composite((await Promise.all(texture)).map((input) => ({ input, blend: 'soft-light' })))
    .jpeg({ quality: 90 })
    .toBuffer();
}

function drawScene(random: () => number): string {
  const { width, height } = PHOTO;
  const pick = (most: number) => Math.round(random() * most);
  const shapes = Array.from({ length: 150 }, () => {
    const fill = `fill="rgb(${pick(255)},${pick(255)},${pick(255)})" fill-opacity="0.6"`;
    const place = `cx="${pick(width)}" cy="${pick(height)}" transform="rotate(${pick(20)})"`;
    return `<ellipse ${place} rx="${20 + pick(400)}" ry="${20 + pick(200)}" ${fill}/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="sky" x2="0.3" y2="1">
      <stop stop-color="#38a"/><stop offset="0.6" stop-color="#fed"/><stop offset="1" stop-color="#341"/>
    </linearGradient>
    <rect width="100%" height="100%" fill="url(#sky)"/>${shapes.join('')}</svg>`;
}

/** Grey noise in the size of the photo, with grains of `grain` pixels. */
async function drawNoise(random: () => number, grain: number): Promise<Buffer> {
  const [width, height] = [Math.ceil(PHOTO.width / grain), Math.ceil(PHOTO.height / grain)];
  const depth = grain === 1 ? 24 : 96;
  const grey = Buffer.alloc(width * height).map(() => 128 + (random() - 0.5) * depth);
  return sharp(grey, { raw: { width, height, channels: 1 } })
    .resize({ ...PHOTO, fit: 'fill' })
    .toColourspace('srgb')
    .png({ compressionLevel: 0 })
    .toBuffer();
}
