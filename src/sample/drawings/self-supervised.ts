import { arrow, box, canvas, circle, palette, rectangle, text } from './canvas.ts';
import { field, hensAndLettuces, lettuce } from './garden.ts';

export function drawSelfSupervised(): string {
  return canvas(740, pretraining(), supervisedTraining());
}

function pretraining(): string {
  return [
    rectangle(24, 24, 1152, 400, palette.white, 16),
    text(52, 70, '1. Learn from pictures without labels', { size: 26, bold: true }),
    field(52, 100, 0.44, hensAndLettuces()),
    field(52, 262, 0.44, [60, 150, 240, 330, 420].map((x) => lettuce(x, 300, 1.2)).join('')),
    views(),
    box({ x: 650, y: 170, width: 150, height: 130, fill: palette.cream, title: 'Encoder' }),
    arrow([
      [804, 235],
      [866, 235],
    ]),
    space(),
  ].join('');
}

/** Two altered copies of the first picture, and one unchanged copy of the second. */
function views(): string {
  return [
    '<clipPath id="crop"><rect x="400" y="100" width="150" height="90" rx="6"/></clipPath>',
    `<g clip-path="url(#crop)">${field(300, -12, 0.9, hensAndLettuces())}</g>`,
    field(
      400,
      208,
      0.3125,
      `${hensAndLettuces()}<rect width="480" height="320" fill="#7a4fa0" opacity="0.42"/>`,
    ),
    field(400, 324, 0.25, [60, 150, 240, 330, 420].map((x) => lettuce(x, 300, 1.2)).join('')),
    arrow([
      [268, 165],
      [394, 145],
    ]),
    arrow([
      [268, 180],
      [394, 250],
    ]),
    arrow([
      [268, 350],
      [394, 362],
    ]),
    ...[145, 258, 364].map((y) =>
      arrow([
        [y === 364 ? 526 : 556, y],
        [644, 235 + (y - 258) / 4],
      ]),
    ),
  ].join('');
}

function space(): string {
  return [
    rectangle(872, 100, 276, 270, palette.grey, 12),
    `<path d="M948,166 L986,186" stroke="${palette.teal}" stroke-width="4"/>`,
    `<path d="M1000,208 L1074,296" stroke="${palette.orange}" stroke-width="3" stroke-dasharray="8 8"/>`,
    circle(944, 164, 16, palette.teal),
    circle(988, 188, 16, palette.teal),
    circle(1084, 308, 16, palette.orange),
    text(1012, 172, 'pull together', { size: 18 }),
    text(1012, 284, 'push apart', { size: 18, anchor: 'end' }),
    text(1010, 402, 'representation', { size: 19, fill: palette.muted, anchor: 'middle' }),
  ].join('');
}

function supervisedTraining(): string {
  return [
    rectangle(24, 444, 1152, 272, palette.white, 16),
    text(52, 490, '2. Then name things, from a few labels', { size: 26, bold: true }),
    field(52, 520, 0.44, hensAndLettuces()),
    text(158, 692, '“hen”', { size: 20, bold: true, anchor: 'middle' }),
    arrow([
      [268, 590],
      [394, 590],
    ]),
    box({
      x: 400,
      y: 530,
      width: 230,
      height: 120,
      fill: palette.cream,
      title: 'Encoder',
      notes: ['kept from step 1'],
    }),
    arrow([
      [634, 590],
      [714, 590],
    ]),
    box({
      x: 720,
      y: 530,
      width: 200,
      height: 120,
      fill: palette.mist,
      title: 'Classifier',
      notes: ['new, small'],
    }),
    arrow([
      [924, 590],
      [1004, 590],
    ]),
    text(1020, 599, 'hen', { size: 28, bold: true, fill: palette.teal }),
  ].join('');
}
