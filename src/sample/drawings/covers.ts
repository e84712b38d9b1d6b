/** The covers, a falling loss curve with one dot per issue, and the newsletter's logo. */
import { canvas, circle, palette, text } from './canvas.ts';

type Look = { number: number; month: string; tint: string; accent: string };

export function drawCover({ number, month, tint, accent }: Look): string {
  return canvas(
    630,
    `<rect width="1200" height="630" fill="${tint}"/>`,
    text(80, 130, 'One Epoch', { size: 60, bold: true }),
    text(80, 186, month, { size: 30 }),
    ...fallingDots(number, accent),
    text(1120, 230, String(number), { size: 170, bold: true, fill: accent, anchor: 'end' }),
  );
}

export function drawMark(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">
  <rect width="400" height="400" fill="${palette.teal}"/>
  <path d="M200,64 A136,136 0 1 1 82,132" fill="none" stroke="${palette.paper}" stroke-width="34" stroke-linecap="round"/>
  <path d="M30,152 L84,84 L134,150 Z" fill="${palette.paper}"/>${circle(200, 200, 40, palette.yellow)}</svg>`;
}

/** The last dot, in the accent colour, stands for this issue. */
function fallingDots(count: number, accent: string): string[] {
  return Array.from({ length: count }, (_, index) => {
    const wobble = ((index * 37 + 11) % 17) - 8;
    const x = 92 + (index * 1016) / (count - 1);
    const y = 250 + 290 * (1 - Math.exp(-index / 7)) + wobble;
    return index === count - 1 ? circle(x, y, 19, accent) : circle(x, y, 12, palette.ink);
  });
}
