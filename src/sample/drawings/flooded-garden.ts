import { arrow, canvas, palette, text } from './canvas.ts';
import { field, hen, hensAndLettuces, lettuce, shed } from './garden.ts';

export function drawFloodedGarden(): string {
  return canvas(
    500,
    field(40, 40, 1.1, hensAndLettuces()),
    field(632, 40, 1.1, underWater()),
    arrow([
      [574, 216],
      [626, 216],
    ]),
    text(304, 450, 'Friday', { size: 28, bold: true, anchor: 'middle' }),
    text(896, 450, 'Monday', { size: 28, bold: true, anchor: 'middle' }),
  );
}

function underWater(): string {
  const clouds =
    '<path d="M160,64 C150,20 220,10 236,36 C260,0 330,14 324,50 C360,40 366,86 336,86 H184 C164,86 154,78 160,64 Z"';
  const rain = [250, 282, 314, 346, 378, 410]
    .map((x, index) => `M${x - 20},${94 + (index % 2) * 8} l-8,24`)
    .join(' ');
  return [
    '<rect width="480" height="130" fill="#8fa3ae" opacity="0.75"/>',
    `${clouds} fill="#6d7f8a"/>${clouds} fill="#7d8f9a" transform="translate(130,-6)"/>`,
    `<path d="${rain}" stroke="#eef5f8" stroke-width="4" stroke-linecap="round"/>`,
    shed(96, 176, 0.8),
    lettuce(240, 306, 1),
    lettuce(330, 306, 1),
    hen(92, 47, 0.62, '#f4efe6'),
    `<path d="M0,126 q30,-12 60,0 t60,0 t60,0 t60,0 t60,0 t60,0 t60,0 t60,0 V320 H0 Z" fill="#6f8f86" opacity="0.88"/>`,
    '<path d="M60,176 q18,-8 36,0 t36,0 M210,236 q18,-8 36,0 t36,0 M300,182 q18,-8 36,0 t36,0 M90,280 q18,-8 36,0 t36,0" stroke="#a9c0b8" stroke-width="4" fill="none"/>',
    `<rect x="330" y="112" width="54" height="30" rx="3" fill="${palette.orange}" transform="rotate(-9 357 127)"/>`,
  ].join('');
}
