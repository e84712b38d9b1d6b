import { arrow, box, canvas, palette, rectangle, text } from './canvas.ts';
import { field, hensAndLettuces } from './garden.ts';

/** The visible quarter of the 48 patches. */
const visible = new Set([2, 7, 11, 13, 18, 20, 25, 28, 32, 37, 39, 46]);

export function drawMaskedPatches(): string {
  return canvas(430, masked(), network(), whole());
}

function masked(): string {
  const covers = Array.from({ length: 48 }, (_, index) => {
    const [x, y] = [40 + (index % 8) * 45, 90 + Math.floor(index / 8) * 40];
    const gap = `<rect x="${x}" y="${y}" width="45" height="40" fill="none" stroke="${palette.paper}" stroke-width="2"/>`;
    return visible.has(index) ? gap : rectangle(x, y, 45, 40, palette.line) + gap;
  });
  return [
    text(40, 60, 'A quarter stays', { size: 24, bold: true }),
    field(40, 90, 0.75, hensAndLettuces()),
    ...covers,
    text(40, 376, 'three patches in four are hidden', { size: 19, fill: palette.muted }),
  ].join('');
}

function network(): string {
  return [
    arrow([
      [412, 210],
      [448, 210],
    ]),
    box({ x: 456, y: 120, width: 140, height: 180, fill: palette.cream, title: 'Encoder', notes: ['large'] }),
    arrow([
      [600, 210],
      [636, 210],
    ]),
    box({ x: 644, y: 150, width: 130, height: 120, fill: palette.mist, title: 'Decoder', notes: ['small'] }),
    arrow([
      [778, 210],
      [804, 210],
    ]),
    text(526, 340, 'sees the', { size: 19, fill: palette.muted, anchor: 'middle' }),
    text(526, 366, 'quarter only', { size: 19, fill: palette.muted, anchor: 'middle' }),
  ].join('');
}

/** The reconstruction is slightly blurred. */
function whole(): string {
  return [
    text(810, 60, 'The rest is guessed', { size: 24, bold: true }),
    '<clipPath id="frame"><rect x="810" y="90" width="360" height="240"/></clipPath>',
    `<filter id="soft"><feGaussianBlur stdDeviation="2.2"/></filter>`,
    `<g clip-path="url(#frame)"><g filter="url(#soft)">${field(810, 90, 0.75, hensAndLettuces())}</g></g>`,
    text(810, 376, 'and compared with the picture', { size: 19, fill: palette.muted }),
  ].join('');
}
