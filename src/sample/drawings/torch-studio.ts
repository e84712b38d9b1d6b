import { arrow, box, canvas, circle, palette, rectangle, text } from './canvas.ts';

export function drawTorchStudio(): string {
  return canvas(640, frame(), samples(), model(), curves());
}

function frame(): string {
  return [
    rectangle(40, 36, 1120, 568, palette.white, 14),
    rectangle(40, 36, 1120, 52, palette.ink, 14),
    rectangle(40, 70, 1120, 18, palette.ink),
    ...[palette.orange, palette.yellow, palette.leaf].map((tint, index) =>
      circle(72 + index * 26, 62, 8, tint),
    ),
    ...[330, 730].map((x) => rectangle(x, 88, 2, 516, palette.grey)),
    text(64, 130, 'Dataset', { bold: true }),
    text(356, 130, 'Model', { bold: true }),
    text(756, 130, 'Experiments', { bold: true }),
  ].join('');
}

function samples(): string {
  const tints = [palette.mist, palette.peach, palette.cream, palette.meadow];
  const tiles = Array.from({ length: 12 }, (_, index) => {
    const [x, y] = [64 + (index % 3) * 82, 156 + Math.floor(index / 3) * 82];
    return rectangle(x, y, 72, 72, tints[(index * 5) % 4] ?? palette.grey, 6) + glyph(x + 36, y + 36, index);
  });
  return [
    ...tiles,
    text(64, 520, 'train  80%', { size: 19 }),
    text(64, 552, 'validate  20%', { size: 19 }),
  ].join('');
}

function glyph(x: number, y: number, index: number): string {
  if (index % 3 === 0) return circle(x, y, 18, palette.teal);
  if (index % 3 === 1) return rectangle(x - 17, y - 17, 34, 34, palette.orange, 4);
  return `<path d="M${x},${y - 20} L${x + 20},${y + 16} L${x - 20},${y + 16} Z" fill="${palette.leaf}"/>`;
}

function model(): string {
  const layers = ['Input', 'Convolution', 'Convolution', 'Pooling', 'Linear'];
  return layers
    .flatMap((layer, index) => {
      const y = 156 + index * 88;
      const fill = index === 0 ? palette.grey : palette.mist;
      const link = arrow([
        [530, y - 26],
        [530, y - 4],
      ]);
      return [box({ x: 420, y, width: 220, height: 56, fill, notes: [layer] }), index === 0 ? '' : link];
    })
    .join('');
}

function curves(): string {
  const runs = [
    { name: 'first run', tint: palette.yellow, floor: 90 },
    { name: 'wider', tint: palette.orange, floor: 48 },
    { name: 'wider, longer', tint: palette.teal, floor: 18 },
  ];
  return [
    `<path d="M776,160 V420 H1130" fill="none" stroke="${palette.line}" stroke-width="3"/>`,
    ...runs.map(
      ({ tint, floor }) => `<path d="${fallingCurve(floor)}" fill="none" stroke="${tint}" stroke-width="5"/>`,
    ),
    ...runs.flatMap(({ name, tint }, index) => [
      circle(792, 470 + index * 38, 9, tint),
      text(814, 477 + index * 38, name, { size: 19 }),
    ]),
    text(1130, 448, 'epochs', { size: 18, fill: palette.muted, anchor: 'end' }),
    text(792, 180, 'loss', { size: 18, fill: palette.muted }),
  ].join('');
}

function fallingCurve(floor: number): string {
  const points = Array.from({ length: 36 }, (_, step) => {
    const loss = floor + (220 - floor) * Math.exp(-step / 8);
    return `${(786 + step * 9.6).toFixed(1)},${(416 - loss).toFixed(1)}`;
  });
  return `M${points.join(' L')}`;
}
