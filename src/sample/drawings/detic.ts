import { arrow, box, canvas, palette, rectangle, text } from './canvas.ts';
import { field, hen, hensAndLettuces, lettuce } from './garden.ts';

export function drawDetic(): string {
  return canvas(640, trainingData(), detector(), result());
}

function trainingData(): string {
  return [
    text(40, 56, 'Boxes, few classes', { size: 22, bold: true }),
    field(40, 76, 0.5, hensAndLettuces(), frame(138, 128, 124, 140), frame(296, 130, 106, 120)),
    text(40, 336, 'Whole-image labels,', { size: 22, bold: true }),
    text(40, 366, '20,000+ classes', { size: 22, bold: true }),
    field(40, 386, 0.5, lettuce(150, 300, 2.4), lettuce(330, 300, 2.4)),
    tag(52, 398, 'lettuce'),
  ].join('');
}

function detector(): string {
  return [
    ...[
      [156, 190],
      [466, 432],
    ].map(([from = 0, to = 0]) =>
      arrow([
        [286, from],
        [376, to],
      ]),
    ),
    box({
      x: 384,
      y: 130,
      width: 260,
      height: 120,
      fill: palette.mist,
      title: 'Where?',
      notes: ['taught by boxes'],
    }),
    box({
      x: 384,
      y: 372,
      width: 260,
      height: 120,
      fill: palette.cream,
      title: 'What?',
      notes: ['taught by both'],
    }),
    arrow([
      [286, 170],
      [336, 300],
      [376, 404],
    ]),
    box({ x: 384, y: 552, width: 260, height: 60, notes: ['class names, by CLIP'] }),
    arrow(
      [
        [514, 550],
        [514, 498],
      ],
      palette.orange,
    ),
    arrow([
      [648, 190],
      [724, 240],
    ]),
    arrow([
      [648, 432],
      [724, 380],
    ]),
  ].join('');
}

function result(): string {
  return [
    text(736, 106, 'Found and named', { size: 22, bold: true }),
    field(736, 126, 0.88, lettuce(120, 300, 1.6), lettuce(390, 290, 1.4), hen(250, 220, 1.3, '#a8563a')),
    frame(786, 322, 112, 74),
    frame(1031, 321, 100, 66),
    frame(892, 232, 138, 158),
    tag(786, 294, 'lettuce'),
    tag(1031, 293, 'lettuce'),
    tag(892, 204, 'hen'),
    text(736, 444, 'No box was ever drawn', { size: 20, fill: palette.muted }),
    text(736, 472, 'round a lettuce.', { size: 20, fill: palette.muted }),
  ].join('');
}

function frame(x: number, y: number, width: number, height: number): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${palette.orange}" stroke-width="4" rx="4"/>`;
}

function tag(x: number, y: number, words: string): string {
  return (
    rectangle(x, y, words.length * 10 + 22, 28, palette.orange, 6) +
    text(x + 10, y + 21, words, { size: 18, fill: palette.white })
  );
}
