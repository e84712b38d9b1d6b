/** The shapes of the figures, as SVG. Lengths are in pixels on a canvas 1200 pixels wide. */

export const palette = {
  paper: '#fbfaf6',
  ink: '#22303c',
  muted: '#5d6b78',
  line: '#c9d0d6',
  white: '#ffffff',
  grey: '#eceff1',
  teal: '#1f7a8c',
  mist: '#dcecef',
  orange: '#d9713c',
  peach: '#fae6da',
  yellow: '#f2c14e',
  cream: '#fdf3d7',
  leaf: '#5b9a4f',
  meadow: '#cfe3c4',
} as const;

type Point = readonly [x: number, y: number];

type TextStyle = { size?: number; bold?: boolean; fill?: string; anchor?: 'start' | 'middle' | 'end' };

type Words = {
  title?: string;
  /** Smaller lines below the title. */
  notes?: readonly string[];
  noteSize?: number;
};

type Box = Words & { x: number; y: number; width: number; height: number; fill?: string; stroke?: string };

// DejaVu Sans and Verdana have the same widths, so text fits its box with either.
const fonts = 'DejaVu Sans, Verdana, Arial, sans-serif';

export function canvas(height: number, ...shapes: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 ${height}" width="1200" height="${height}"
  font-family="${fonts}">${rectangle(0, 0, 1200, height, palette.paper)}${shapes.join('')}</svg>`;
}

export function rectangle(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  radius = 0,
): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;
}

export function circle(x: number, y: number, radius: number, fill: string): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;
}

export function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { size = 22, bold = false, fill = palette.ink, anchor = 'start' } = style;
  const weight = bold ? ' font-weight="bold"' : '';
  return `<text x="${x}" y="${y}" font-size="${size}"${weight} fill="${fill}" text-anchor="${anchor}">${escapeXml(words)}</text>`;
}

/** A rounded box with centred text. */
export function box({
  x,
  y,
  width,
  height,
  fill = palette.white,
  stroke = palette.line,
  ...words
}: Box): string {
  const outline = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" fill="${fill}" stroke="${stroke}" stroke-width="2"/>`;
  return outline + centredWords(x + width / 2, y + height / 2, words);
}

/** An arrow from the first point to the last, through the points between them. */
export function arrow(points: readonly Point[], colour: string = palette.muted): string {
  const [tip, before] = [points.at(-1), points.at(-2)];
  if (!tip || !before) return '';
  const path = points.map((point) => point.join(',')).join(' ');
  const turn = (Math.atan2(tip[1] - before[1], tip[0] - before[0]) * 180) / Math.PI;
  return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="3"/>
  <path d="M2,0 L-14,-8 L-14,8 Z" fill="${colour}" transform="translate(${tip.join(',')}) rotate(${turn.toFixed(1)})"/>`;
}

export function group(x: number, y: number, scale: number, ...shapes: readonly string[]): string {
  return `<g transform="translate(${x},${y}) scale(${scale})">${shapes.join('')}</g>`;
}

function centredWords(x: number, middle: number, { title, notes = [], noteSize = 19 }: Words): string {
  const lines = [
    ...(title === undefined ? [] : [{ words: title, size: 23, bold: true, fill: palette.ink }]),
    ...notes.map((words) => ({ words, size: noteSize, bold: false, fill: palette.muted })),
  ];
  const lineHeight = 28;
  const first = middle - ((lines.length - 1) * lineHeight) / 2 + 8;
  return lines
    .map(({ words, ...style }, index) =>
      text(x, first + index * lineHeight, words, { ...style, anchor: 'middle' }),
    )
    .join('');
}

function escapeXml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
