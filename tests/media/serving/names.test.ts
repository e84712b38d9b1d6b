import { parse } from 'content-disposition';
import { describe, expect, test } from 'vitest';
import { useMasthead } from '../../support/app.ts';
import { putMedia, putRendering } from './stored-files.ts';

const masthead = useMasthead();

async function dispositionOf(path: string): Promise<string> {
  const answer = await masthead.app.inject({ url: path });
  expect(answer.statusCode).toBe(200);
  return String(answer.headers['content-disposition']);
}

/** Written to the row as they are: whatever cleans names before is not relied on here. */
describe('The name that a file came with', () => {
  test.each([
    ['a plain one', 'report.pdf'],
    ['quotes', 'the "final" report.pdf'],
    ['a backslash', 'a\\".pdf'],
    ['a semicolon', 'a; filename=b.pdf'],
    ['percent signs', 'a%0d%0ab.pdf'],
    ['another script', '図 1 — Übersicht 📊.pdf'],
    ['latin letters past ASCII', 'fünf.pdf'],
    ['line breaks', 'a\r\nset-cookie: b=c\r\n\r\n<script>.pdf'],
    ['other control characters', 'a\u0001\u001b[31m\u007f.pdf'],
    ['a path', '../../etc/passwd.pdf'],
    ['text turned around', 'a\u202efdp.pdf'],
    ['300 characters', `${'n'.repeat(296)}.pdf`],
    ['300 characters of another script', `${'図'.repeat(296)}.pdf`],
  ])('is in a header that it cannot leave: %s', async (_case, originalName) => {
    const { path } = await putMedia(masthead, 'pdf', { originalName });
    const header = await dispositionOf(path);
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(parse(header)).toEqual({
      type: 'attachment',
      parameters: expect.objectContaining({ filename: originalName }),
    });
    const { headers } = await masthead.app.inject({ url: path });
    expect(headers).not.toHaveProperty('set-cookie');
  });

  test('is left out where there was none', async () => {
    expect(await dispositionOf((await putMedia(masthead, 'pdf')).path)).toBe('attachment');
    expect(await dispositionOf((await putMedia(masthead, 'png')).path)).toBe('inline');
  });

  test.each([
    ['photo.jpg', 'jpg', 'photo.jpg'],
    ['PHOTO.JPEG', 'jpg', 'PHOTO.JPEG'],
    ['photo.png', 'jpg', 'photo.jpg'],
    ['photo.html', 'png', 'photo.html.png'],
    ['invoice.exe', 'pdf', 'invoice.exe.pdf'],
    ['a talk', 'mp3', 'a talk.mp3'],
    ['v1.2', 'pdf', 'v1.2.pdf'],
    ['.png', 'png', '.png.png'],
    ['a.constructor', 'png', 'a.constructor.png'],
  ] as const)('ends in what the bytes are: %s', async (originalName, extension, shown) => {
    const { path } = await putMedia(masthead, extension, { originalName });
    expect(parse(await dispositionOf(path)).parameters).toEqual({ filename: shown });
  });

  test('ends in the format of the variant that is served', async () => {
    const file = await putMedia(masthead, 'jpg', { originalName: 'Übersicht.jpg' });
    await putRendering(masthead, file, `${file.fileName}.640.avif`);
    const name = async (path: string) => parse(await dispositionOf(path)).parameters.filename;
    expect(await name(`${file.path}.640.avif`)).toBe('Übersicht.avif');
    expect(await name(`${file.path}.640.webp`)).toBe('Übersicht.jpg');
  });

  test('is that of the oldest media, where several show the file', async () => {
    const { id, path } = await putMedia(masthead, 'pdf', { originalName: 'first.pdf' });
    await masthead.database.prisma.media.create({ data: { fileId: id, originalName: 'second.pdf' } });
    expect(parse(await dispositionOf(path)).parameters).toEqual({ filename: 'first.pdf' });
  });
});
