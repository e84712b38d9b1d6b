/** The market garden that several figures show. */
import { circle, group, palette, rectangle } from './canvas.ts';

export function hen(x: number, y: number, scale: number, feathers: string): string {
  return group(
    x,
    y,
    scale,
    '<path d="M-8,38 V56 M10,38 V56 M-16,57 H-2 M4,57 H18" stroke="#c98a2b" stroke-width="4" fill="none"/>',
    `<path d="M-52,-22 C-44,8 -40,40 2,40 C40,40 44,10 38,-14 C34,-44 50,-52 34,-58 C14,-62 16,-30 2,-18 C-14,-4 -32,-4 -52,-22 Z" fill="${feathers}"/>`,
    '<path d="M-24,6 C-12,24 10,22 18,4 C4,10 -10,12 -24,6 Z" fill="#000000" opacity="0.14"/>',
    '<path d="M22,-57 C20,-70 28,-70 30,-63 C34,-72 42,-68 39,-57 Z" fill="#c8453b"/>',
    '<path d="M46,-48 L60,-43 L45,-38 Z" fill="#e8a33d"/>',
    circle(35, -47, 3.2, palette.ink),
  );
}

export function lettuce(x: number, y: number, scale: number): string {
  return group(
    x,
    y,
    scale,
    `<path d="M0,0 C-34,2 -40,-24 -24,-28 C-26,-44 -4,-46 0,-36 C4,-46 26,-44 24,-28 C40,-24 34,2 0,0 Z" fill="${palette.leaf}"/>`,
    '<path d="M0,-2 C-16,-4 -18,-22 -6,-26 C0,-30 12,-26 12,-16 C12,-6 6,-2 0,-2 Z" fill="#8fc07c"/>',
  );
}

export function shed(x: number, y: number, scale: number): string {
  return group(
    x,
    y,
    scale,
    rectangle(-60, -80, 120, 80, '#b5654a'),
    '<path d="M-74,-78 L0,-128 L74,-78 Z" fill="#7d4433"/>',
    rectangle(-18, -52, 36, 52, '#5d3226'),
  );
}

/** Sky, sun, hill and soil in a 480 by 320 frame, with `standing` drawn on top. */
export function field(x: number, y: number, scale: number, ...standing: readonly string[]): string {
  const view = [
    rectangle(0, 0, 480, 320, '#d9edf4'),
    circle(400, 66, 34, palette.yellow),
    `<path d="M0,170 C120,120 260,150 480,110 V320 H0 Z" fill="${palette.meadow}"/>`,
    '<path d="M0,230 C160,210 320,220 480,205 V320 H0 Z" fill="#b98d62"/>',
    ...standing,
  ].join('');
  return `<svg x="${x}" y="${y}" width="${480 * scale}" height="${320 * scale}" viewBox="0 0 480 320">${view}</svg>`;
}

export function hensAndLettuces(): string {
  return [
    shed(96, 176, 0.8),
    hen(195, 205, 1, '#f4efe6'),
    hen(345, 196, 0.85, '#a8563a'),
    ...[60, 150, 240, 330, 420].map((x) => lettuce(x, 310, 1)),
  ].join('');
}
