import { arrow, box, canvas, palette, rectangle, text } from './canvas.ts';

export function drawBatchAndOnline(): string {
  return canvas(
    600,
    lane(24, 'Batch: computed overnight, looked up by day', [
      ['All', 'customers'],
      ['Model', 'at 2 am'],
      ['Table of', 'predictions'],
      ['Answer', 'hours old'],
    ]),
    lane(312, 'Online: computed when somebody asks', [
      ['A request', 'just now'],
      ['Fresh', 'features'],
      ['Model', 'in milliseconds'],
      ['Answer', 'now'],
    ]),
  );
}

function lane(y: number, title: string, steps: readonly (readonly [string, string])[]): string {
  const boxes = steps.map(([name, note], index) => {
    const x = 66 + index * 284;
    const fill = name === 'Model' ? palette.cream : name === 'Answer' ? palette.peach : palette.mist;
    const link = arrow([
      [x - 60, y + 160],
      [x - 8, y + 160],
    ]);
    return (
      box({ x, y: y + 100, width: 216, height: 120, fill, title: name, notes: [note] }) +
      (index > 0 ? link : '')
    );
  });
  return [
    rectangle(24, y, 1152, 264, palette.white, 16),
    text(52, y + 56, title, { size: 26, bold: true }),
    ...boxes,
  ].join('');
}
