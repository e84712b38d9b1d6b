import { createHash } from 'node:crypto';
import { copyFile, open, readFile } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import sharp from 'sharp';
import { DomainError } from '../../../errors.ts';
import { FILE_TYPES, isFileExtension, isImageType } from '../file-types.ts';
import type { CleanedFile, ImageProcess, RenderedFile, Rendering } from './image-process.ts';

const MAX_PIXELS = 50_000_000;

sharp.cache(false);

export function startImageProcess(): ImageProcess {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
  return {
    clean: (source, target) => inTurn(() => clean(source, target)),
    render: (source, wanted) => inTurn(() => renderAll(source, wanted)),
    stop: async () => {},
  };
}

async function clean(source: string, target: string): Promise<CleanedFile> {
  const file = await open(source);
  const { size } = await file.stat();
  await file.close();
  if (size === 0) throw new DomainError('invalid', 'empty_file', 'The file is empty.');
  const found = await fileTypeFromFile(source);
  const extension = found?.ext === 'apng' ? 'png' : (found?.ext ?? '');
  if (!isFileExtension(extension)) {
    throw new DomainError(
      'unsupported',
      'unsupported_media',
      `By its bytes the file is ${found?.mime ?? 'of no known type'}.`,
      { accepted: Object.values(FILE_TYPES) },
    );
  }
  const mimeType = FILE_TYPES[extension];
  const words = { alt: null, caption: null, credit: null };
  if (!isImageType(mimeType)) {
    await copyFile(source, target);
    const none = { width: null, height: null, frames: null, thumbhash: null, placeholder: null };
    return { extension, mimeType, ...none, hasAlpha: false, words };
  }
  const header = await sharp(source, { limitInputPixels: false }).metadata().catch(refuseDamaged);
  if (header.width * header.height > MAX_PIXELS) {
    throw new DomainError(
      'invalid',
      'too_many_pixels',
      `The image is ${header.width} by ${header.height} pixels; at most ${MAX_PIXELS} in all are taken.`,
      { width: header.width, height: header.height, maxPixels: MAX_PIXELS },
    );
  }
  await sharp(source, { animated: true, limitInputPixels: MAX_PIXELS, failOn: 'error' })
    .autoOrient()
    .keepIccProfile()
    .toFormat(extension === 'jpg' ? 'jpeg' : extension === 'svg' ? 'png' : (extension as 'png'))
    .toFile(target)
    .catch(refuseDamaged);
  const { width, height } = header.autoOrient;
  return {
    extension,
    mimeType,
    width,
    height,
    frames: header.pages ?? 1,
    hasAlpha: header.hasAlpha,
    thumbhash: null,
    placeholder: null,
    words,
  };
}

async function renderAll(source: string, wanted: readonly Rendering[]): Promise<RenderedFile[]> {
  const rendered: RenderedFile[] = [];
  for (const { path, format, width, height } of wanted) {
    const { info } = {
      info: await sharp(source, { animated: format === 'webp' })
        .resize({ width, ...(height === null ? {} : { height, fit: 'cover' as const }) })
        .toFormat(format === 'jpg' ? 'jpeg' : format)
        .toFile(path),
    };
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    rendered.push({
      path,
      width: info.width,
      height: info.pageHeight ?? info.height,
      size: info.size,
      sha256,
    });
  }
  return rendered;
}

function refuseDamaged(): never {
  throw new DomainError('invalid', 'damaged_image', 'The image cannot be decoded: it is damaged or cut off.');
}
