import { arrow, canvas, circle, palette, rectangle, text } from './canvas.ts';

/** Parameters, in millions, of the five models in the SEER repository. */
const models = [156, 250, 693, 1500, 10_000];

const tints = [
  palette.teal,
  palette.orange,
  palette.yellow,
  palette.leaf,
  palette.mist,
  palette.peach,
  palette.muted,
];

export function drawSeer(): string {
  return canvas(600, pictures(), recipe(), sizes());
}

/** A thousand tiles in no order, each of which stands for a million pictures. */
function pictures(): string {
  const tiles = Array.from({ length: 1000 }, (_, index) => {
    const tint = tints[scatter(index) % tints.length] ?? palette.grey;
    return rectangle(40 + (index % 25) * 16, 96 + Math.floor(index / 25) * 10.5, 14, 8.5, tint, 1);
  });
  return [
    text(40, 66, 'One billion pictures', { size: 26, bold: true }),
    ...tiles,
    text(40, 556, 'unsorted, unlabelled; a million per tile', { size: 18, fill: palette.muted }),
  ].join('');
}

function recipe(): string {
  return [
    text(548, 226, 'SwAV', { size: 26, bold: true, fill: palette.teal, anchor: 'middle' }),
    text(548, 256, 'learns from', { size: 18, fill: palette.muted, anchor: 'middle' }),
    arrow([
      [470, 296],
      [626, 296],
    ]),
    text(548, 336, 'pictures alone', { size: 18, fill: palette.muted, anchor: 'middle' }),
  ].join('');
}

/** The areas of the circles are proportional to the number of parameters. */
function sizes(): string {
  const radius = (millions: number) => Math.sqrt(millions / 1000) * 46;
  const small = models.slice(0, -1).map((millions, index) => {
    const y = [488, 420, 336, 224][index] ?? 0;
    return (
      circle(710, y, radius(millions), palette.line) + text(780, y + 7, nameSize(millions), { size: 19 })
    );
  });
  return [
    text(660, 66, 'Ten billion parameters', { size: 26, bold: true }),
    ...small,
    circle(1030, 310, radius(10_000), palette.teal),
    text(1030, 304, 'SEER', { size: 36, bold: true, fill: palette.white, anchor: 'middle' }),
    text(1030, 342, '10 billion', { size: 24, fill: palette.white, anchor: 'middle' }),
    text(660, 556, 'convolutional RegNets, drawn to scale', { size: 18, fill: palette.muted }),
  ].join('');
}

function nameSize(millions: number): string {
  return `${(millions / 1000).toFixed(millions < 1000 ? 2 : 1)} bn`;
}

/** A pseudorandom number that is the same in each drawing. */
function scatter(index: number): number {
  const mixed = Math.imul(index + 1, 2654435761);
  return (Math.imul(mixed ^ (mixed >>> 15), 2246822519) >>> 7) & 0xffff;
}
