import { arrow, box, canvas, circle, palette, rectangle, text } from './canvas.ts';

const steps = ['Extract', 'Prepare', 'Train', 'Evaluate'];

export function drawMlopsLevel0(): string {
  return canvas(620, dataScience(), operations());
}

function dataScience(): string {
  return [
    rectangle(24, 24, 1152, 330, palette.white, 16),
    text(52, 70, 'Data science', { size: 26, bold: true }),
    barrel(116, 190),
    ...steps.flatMap((title, index) => step(230 + index * 180, title)),
    box({ x: 980, y: 140, width: 150, height: 100, fill: palette.peach, title: 'Model', notes: ['a file'] }),
    arrow([
      [904, 190],
      [974, 190],
    ]),
    hand(72, 314),
    text(96, 321, 'started by hand, from a notebook or a script', { size: 19, fill: palette.muted }),
  ].join('');
}

function step(x: number, title: string): string[] {
  return [
    arrow([
      [x - 47, 190],
      [x - 6, 190],
    ]),
    box({ x, y: 140, width: 130, height: 100, fill: palette.mist, notes: [title] }),
    hand(x + 65, 140),
  ];
}

function operations(): string {
  return [
    rectangle(24, 378, 1152, 218, palette.white, 16),
    text(52, 424, 'Operations', { size: 26, bold: true }),
    arrow(
      [
        [1055, 244],
        [1055, 446],
      ],
      palette.orange,
    ),
    text(1040, 372, 'handed over', { size: 19, fill: palette.orange, bold: true, anchor: 'end' }),
    box({ x: 950, y: 452, width: 210, height: 110, fill: palette.mist, notes: ['Registry'] }),
    box({ x: 640, y: 452, width: 210, height: 110, fill: palette.mist, notes: ['Deployment'] }),
    box({
      x: 300,
      y: 452,
      width: 240,
      height: 110,
      fill: palette.cream,
      title: 'Prediction',
      notes: ['service'],
    }),
    hand(745, 452),
    arrow([
      [946, 507],
      [856, 507],
    ]),
    arrow([
      [636, 507],
      [546, 507],
    ]),
  ].join('');
}

/** Marks a step that someone must start by hand. */
function hand(x: number, y: number): string {
  return `${circle(x, y, 15, palette.orange)}<path d="M${x - 5},${y - 7} L${x + 8},${y} L${x - 5},${y + 7} Z" fill="${palette.white}"/>`;
}

function barrel(x: number, y: number): string {
  return `<path d="M${x - 52},${y - 40} v80 a52,16 0 0 0 104,0 v-80" fill="${palette.grey}" stroke="${palette.line}" stroke-width="2"/>
  <ellipse cx="${x}" cy="${y - 40}" rx="52" ry="16" fill="${palette.white}" stroke="${palette.line}" stroke-width="2"/>
  ${text(x, y + 18, 'Data', { bold: true, anchor: 'middle' })}`;
}
