import { arrow, box, canvas, palette, rectangle, text } from './canvas.ts';

export function drawDeepEta(): string {
  return canvas(600, inputs(), network(), output());
}

function inputs(): string {
  return [
    box({
      x: 40,
      y: 60,
      width: 240,
      height: 110,
      fill: palette.mist,
      title: 'Continuous',
      notes: ['distance, speed'],
    }),
    box({
      x: 40,
      y: 230,
      width: 240,
      height: 110,
      fill: palette.mist,
      title: 'Discrete',
      notes: ['places, hours'],
    }),
    box({
      x: 40,
      y: 400,
      width: 240,
      height: 110,
      fill: palette.peach,
      title: 'Type',
      notes: ['ride, delivery …'],
    }),
    box({ x: 340, y: 60, width: 170, height: 110, notes: ['sorted into', 'buckets'] }),
    box({ x: 340, y: 230, width: 170, height: 110, notes: ['numbered', 'or hashed'] }),
    ...[115, 285].flatMap((y) => [
      arrow([
        [284, y],
        [336, y],
      ]),
      arrow([
        [514, y],
        [566, y],
      ]),
    ]),
  ].join('');
}

function network(): string {
  return [
    embeddingTables(),
    box({
      x: 770,
      y: 110,
      width: 180,
      height: 180,
      fill: palette.cream,
      title: 'Linear',
      notes: ['transformer'],
    }),
    box({ x: 1000, y: 110, width: 160, height: 180, fill: palette.cream, title: 'Dense', notes: ['layer'] }),
    arrow([
      [724, 200],
      [766, 200],
    ]),
    arrow([
      [954, 200],
      [996, 200],
    ]),
  ].join('');
}

/** Only a few rows are highlighted, because a prediction touches a quarter of a percent of the parameters. */
function embeddingTables(): string {
  const lit = new Set([1, 4, 8]);
  const cells = Array.from({ length: 55 }, (_, index) => {
    const fill = lit.has(Math.floor(index / 5)) ? palette.teal : palette.mist;
    return rectangle(592 + (index % 5) * 22, 72 + Math.floor(index / 5) * 20, 18, 16, fill, 2);
  });
  return [
    box({ x: 572, y: 52, width: 148, height: 296 }),
    ...cells,
    text(646, 318, 'Embedding', { size: 19, fill: palette.muted, anchor: 'middle' }),
    text(646, 340, 'tables', { size: 19, fill: palette.muted, anchor: 'middle' }),
  ].join('');
}

function output(): string {
  return [
    box({
      x: 572,
      y: 400,
      width: 378,
      height: 110,
      fill: palette.peach,
      title: 'Calibration',
      notes: ['one bias for each type'],
    }),
    box({ x: 1000, y: 400, width: 160, height: 110, title: 'ReLU', notes: ['never < 0'] }),
    arrow(
      [
        [284, 455],
        [568, 455],
      ],
      palette.orange,
    ),
    arrow(
      [
        [954, 455],
        [996, 455],
      ],
      palette.orange,
    ),
    arrow([
      [1080, 294],
      [1080, 396],
    ]),
    arrow([
      [1080, 514],
      [1080, 542],
    ]),
    text(1080, 580, 'ETA', { size: 32, bold: true, fill: palette.teal, anchor: 'middle' }),
  ].join('');
}
