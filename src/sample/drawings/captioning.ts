import { arrow, canvas, palette, rectangle, text } from './canvas.ts';
import { field, hensAndLettuces } from './garden.ts';

export function drawCaptioning(): string {
  return canvas(
    460,
    field(40, 50, 1.12, hensAndLettuces()),
    arrow([
      [588, 130],
      [650, 130],
    ]),
    arrow([
      [588, 309],
      [650, 309],
    ]),
    saying(660, 70, 120, palette.mist, 'Caption', ['two hens beside', 'a row of lettuces']),
    saying(660, 220, 80, palette.grey, 'Question', ['what is the weather like?']),
    saying(660, 318, 80, palette.peach, 'Answer', ['sunny']),
  );
}

function saying(
  x: number,
  y: number,
  height: number,
  fill: string,
  who: string,
  words: readonly string[],
): string {
  const lines = words.map((line, index) =>
    text(x + 160, y + height / 2 + 8 + (index - (words.length - 1) / 2) * 32, line),
  );
  return [
    rectangle(x, y, 500, height, fill, 14),
    text(x + 24, y + height / 2 + 7, who, { size: 20, bold: true, fill: palette.muted }),
    ...lines,
  ].join('');
}
