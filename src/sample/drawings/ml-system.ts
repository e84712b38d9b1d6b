import { box, canvas, palette } from './canvas.ts';

type Block = readonly [x: number, y: number, width: number, height: number, ...words: string[]];

const blocks: readonly Block[] = [
  [40, 40, 260, 170, 'Data', 'collection'],
  [40, 226, 260, 110, 'Data', 'verification'],
  [40, 352, 260, 170, 'Configuration'],
  [316, 40, 270, 140, 'Preparing', 'features'],
  [316, 196, 270, 140, 'Automation'],
  [316, 352, 270, 170, 'Testing,', 'debugging'],
  [602, 40, 250, 140, 'Model', 'analysis'],
  [602, 352, 250, 170, 'Process', 'management'],
  [868, 40, 292, 190, 'Serving', 'infrastructure'],
  [868, 246, 292, 120, 'Monitoring'],
  [868, 382, 140, 140, 'Metadata'],
  [1020, 382, 140, 140, 'Machines'],
];

export function drawMlSystem(): string {
  const surroundings = blocks.map(([x, y, width, height, ...notes], index) =>
    box({ x, y, width, height, fill: index % 3 === 1 ? palette.grey : palette.mist, notes, noteSize: 23 }),
  );
  const model = box({
    x: 660,
    y: 222,
    width: 134,
    height: 88,
    fill: palette.orange,
    stroke: palette.orange,
    title: 'Model',
  });
  return canvas(562, ...surroundings, model);
}
