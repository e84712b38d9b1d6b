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

/** These tests write names to the row directly, so that nothing cleans them before. */
describe('file names in Content-Disposition', () => {
  test.each([
    ['only letters', 'report.pdf'],
    ['quotes', 'the "final" report.pdf'],
    ['a backslash', 'a\\".pdf'],
    ['a semicolon', 'a; filename=b.pdf'],
    ['percent signs', 'a%0d%0ab.pdf'],
    ['non-Latin letters', '図 1 — Übersicht 📊.pdf'],
    ['Latin letters outside ASCII', 'fünf.pdf'],
    ['line breaks', 'a\r\nset-cookie: b=c\r\n\r\n<script>.pdf'],
    ['other control characters', 'a\u0001\u001b[31m\u007f.pdf'],
    ['a path', '../../etc/passwd.pdf'],
    ['a right-to-left override', 'a\u202efdp.pdf'],
    ['300 characters', `${'n'.repeat(296)}.pdf`],
    ['300 non-Latin characters', `${'図'.repeat(296)}.pdf`],
  ])('a name with %s is escaped in the header', async (_case, originalName) => {
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

  test('a file without an original name has no file name in the header', async () => {
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
  ] as const)('"%s" stored as %s is named "%s"', async (originalName, extension, shown) => {
    const { path } = await putMedia(masthead, extension, { originalName });
    expect(parse(await dispositionOf(path)).parameters).toEqual({ filename: shown });
  });

  test('the file name of a rendition ends with the extension of its format', async () => {
    const file = await putMedia(masthead, 'jpg', { originalName: 'Übersicht.jpg' });
    await putRendering(masthead, file, `${file.fileName}.640.avif`);
    const name = async (path: string) => parse(await dispositionOf(path)).parameters.filename;
    expect(await name(`${file.path}.640.avif`)).toBe('Übersicht.avif');
    expect(await name(`${file.path}.640.webp`)).toBe('Übersicht.jpg');
  });

  test('the file name is that of the oldest media that share the file', async () => {
    const { id, path } = await putMedia(masthead, 'pdf', { originalName: 'first.pdf' });
    await masthead.database.prisma.media.create({ data: { fileId: id, originalName: 'second.pdf' } });
    expect(parse(await dispositionOf(path)).parameters).toEqual({ filename: 'first.pdf' });
  });
});
