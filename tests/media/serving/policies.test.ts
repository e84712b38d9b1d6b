import { describe, expect, test } from 'vitest';
import type { FileExtension } from '../../../src/modules/media/files/file-types.ts';
import { useMasthead } from '../../support/app.ts';
import { putMedia, putRendering } from './stored-files.ts';

const masthead = useMasthead();

async function policyOf(path: string, headers = {}) {
  const answer = await masthead.app.inject({ url: path, headers });
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  const policy = String(answer.headers['content-security-policy']);
  const directives = policy.split('; ').map((directive) => directive.split(' '));
  return { ...answer, directives: Object.fromEntries(directives.map(([name, ...values]) => [name, values])) };
}

describe('content security policies of media files', () => {
  test('the policy of an SVG allows no scripts and no external resources', async () => {
    const { path } = await putMedia(masthead, 'svg', { originalName: 'drawing.svg' });
    const { directives, headers } = await policyOf(path);
    expect(directives).toEqual({
      'default-src': ["'none'"],
      'style-src': ["'unsafe-inline'"],
      'img-src': ['data:'],
      sandbox: [],
    });
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-disposition': 'inline; filename=drawing.svg',
    });
  });

  test.each([
    ['pdf', 'application/pdf'],
    ['mp3', 'audio/mpeg'],
    ['m4a', 'audio/mp4'],
  ] as const)('a %s file is served as an attachment', async (extension, mimeType) => {
    const { path } = await putMedia(masthead, extension, { originalName: `talk.${extension}` });
    const { directives, headers } = await policyOf(path);
    expect(directives).toEqual({ 'default-src': ["'none'"], sandbox: [] });
    expect(headers).toMatchObject({
      'content-type': mimeType,
      'content-disposition': `attachment; filename=talk.${extension}`,
    });
  });

  test.each(['png', 'jpg', 'webp', 'gif', 'avif'] satisfies FileExtension[])(
    'a %s image is served inline in a sandbox',
    async (extension) => {
      const { path } = await putMedia(masthead, extension, { originalName: `a.${extension}` });
      const { directives, headers } = await policyOf(path);
      expect(directives).toMatchObject({ 'default-src': ["'none'"], sandbox: [] });
      expect(headers['content-disposition']).toBe(`inline; filename=a.${extension}`);
    },
  );

  test('a range, a rendition and a crop have the same policy', async () => {
    const file = await putMedia(masthead, 'jpg');
    await putRendering(masthead, file, `${file.fileName}.640.avif`);
    await putRendering(masthead, file, `${file.fileName}.40x20-50-50.jpg`);
    const answers = [
      await policyOf(file.path, { range: 'bytes=0-9' }),
      await policyOf(`${file.path}.640.avif`),
      await policyOf(`${file.path}?w=40&h=20&fit=cover`),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([206, 200, 200]);
    for (const { directives } of answers) {
      expect(directives).toMatchObject({ 'default-src': ["'none'"], sandbox: [] });
    }
  });
});
