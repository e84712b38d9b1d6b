import { arrow, box, canvas, palette, rectangle, text } from './canvas.ts';
import { field, hensAndLettuces } from './garden.ts';

const tints = [
  '#d9edf4',
  '#d9edf4',
  '#f2c14e',
  '#cfe3c4',
  '#f4efe6',
  '#cfe3c4',
  '#5b9a4f',
  '#b98d62',
  '#5b9a4f',
];

export function drawLatentDiffusion(): string {
  return canvas(560, denoising(), decoding(), prompt());
}

function denoising(): string {
  const stages = [1, 0.66, 0.33, 0].map((noise, index) => latent(50 + index * 180, 150, noise));
  const steps = [0, 1, 2].map((index) =>
    arrow([
      [190 + index * 180, 212],
      [222 + index * 180, 212],
    ]),
  );
  return [
    text(50, 70, 'Small and cheap: remove noise, step by step', { size: 24, bold: true }),
    text(50, 104, 'in the space of a compressed picture', { size: 19, fill: palette.muted }),
    ...stages,
    ...steps,
    text(112, 314, 'noise', { size: 19, fill: palette.muted, anchor: 'middle' }),
    text(652, 314, 'latent', { size: 19, fill: palette.muted, anchor: 'middle' }),
  ].join('');
}

/** A grid of six by six cells, covered by noise. `noise` is its opacity. */
function latent(x: number, y: number, noise: number): string {
  const cells = Array.from({ length: 36 }, (_, index) => {
    const [column, row] = [index % 6, Math.floor(index / 6)];
    const clear = tints[Math.floor(row / 2) * 3 + Math.floor(column / 2)] ?? palette.grey;
    const shade = 60 + ((index * 97 + 31) % 150);
    const [left, top] = [x + column * 21, y + row * 21];
    return (
      rectangle(left, top, 20, 20, clear) +
      `<rect x="${left}" y="${top}" width="20" height="20" fill="rgb(${shade},${shade},${shade})" opacity="${noise}"/>`
    );
  });
  return cells.join('');
}

function decoding(): string {
  return [
    arrow([
      [728, 212],
      [760, 212],
    ]),
    `<path d="M772,176 L846,120 V304 L772,248 Z" fill="${palette.cream}" stroke="${palette.line}" stroke-width="2"/>`,
    text(809, 340, 'decoder', { size: 19, fill: palette.muted, anchor: 'middle' }),
    field(868, 116, 0.6, hensAndLettuces()),
    text(868, 70, 'Large: once', { size: 24, bold: true }),
  ].join('');
}

function prompt(): string {
  return [
    box({
      x: 50,
      y: 420,
      width: 664,
      height: 90,
      fill: palette.mist,
      title: '“two hens in a garden”',
      notes: ['a prompt, a layout or another picture'],
    }),
    ...[206, 386, 566].map((x) =>
      arrow(
        [
          [x, 416],
          [x, 240],
        ],
        palette.orange,
      ),
    ),
    text(736, 472, 'steers every step', { size: 19, fill: palette.muted }),
  ].join('');
}
