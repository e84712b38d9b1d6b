import { type CropSize, planCrop } from '../renditions/plan-crops.ts';
import { planRenditions } from '../renditions/plan-renditions.ts';
import { namesType } from './accept.ts';
import type { ServedFile, StoredBytes } from './find-file.ts';

/** What a request asks for. */
export type Wanted = {
  fileName: string;
  /** Null: the file as it is. */
  crop: CropSize | null;
  /** The header. */
  accept: string | undefined;
};

/** Bytes that answer a request, and what may be kept of the answer. */
export type Choice = StoredBytes & {
  originalName: string | null;
  /** Seconds */
  maxAge: number;
  /** Whether another Accept could have had another answer. */
  variesByAccept: boolean;
};

/** Whether it stands in for a rendering that is not made. */
export function isStandIn({ maxAge }: Choice): boolean {
  return maxAge === STAND_IN_AGE;
}

/** Seconds. A year, which caches take for ever; what is at a name never changes. */
export const FOR_EVER = 31_536_000;
/** An editor may move the focal point. */
export const CROP_AGE = 3_600;
/** What stands in for a rendering that is about to be made. */
const STAND_IN_AGE = 60;

/**
 * The best first; the next is for the case that the storage has lost the one before. None: the address is of
 * nothing that there is, was or will be, so that nobody can invent sizes.
 */
export function chooseFiles(file: ServedFile, wanted: Wanted): Choice[] {
  if (wanted.crop) return wanted.fileName === file.fileName ? chooseCrop(file, wanted.crop, wanted) : [];
  if (wanted.fileName === file.fileName) return [choose(file, file, FOR_EVER)];
  return chooseRendition(file, wanted.fileName);
}

/** Around the focal point of now, in the best format that is made and that the client takes. */
function chooseCrop(file: ServedFile, size: CropSize, { accept }: Wanted): Choice[] {
  const planned = planCrop(file, size, file.focal);
  if (planned.length === 0) return [choose(file, file, CROP_AGE)];
  const [best] = planned
    .filter(({ format, mimeType }) => isForAll(format) || namesType(accept, mimeType))
    .flatMap(({ fileName }) => findMade(file, fileName));
  const choices = [...(best ? [choose(best, file, CROP_AGE)] : []), choose(file, file, STAND_IN_AGE)];
  return choices.map((choice) => ({ ...choice, variesByAccept: true }));
}

/** One that is made is served though it is not planned any more: an edition may name it. */
function chooseRendition(file: ServedFile, fileName: string): Choice[] {
  const made = findMade(file, fileName).map((rendition) => choose(rendition, file, FOR_EVER));
  const isKnown = made.length > 0 || planRenditions(file).some((planned) => planned.fileName === fileName);
  return isKnown ? [...made, choose(file, file, STAND_IN_AGE)] : [];
}

function findMade({ made }: ServedFile, fileName: string): StoredBytes[] {
  return made.filter((rendition) => rendition.fileName === fileName);
}

function choose(
  { fileName, mimeType, size }: StoredBytes,
  { originalName }: ServedFile,
  maxAge: number,
): Choice {
  return { fileName, mimeType, size, originalName, maxAge, variesByAccept: false };
}

/** Formats that whatever shows images can show. */
function isForAll(format: string): boolean {
  return format === 'jpg' || format === 'png';
}
