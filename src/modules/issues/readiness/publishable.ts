import { z } from 'zod';
import type { Fault } from '../../../errors.ts';
import { isWebAddress } from '../../../lib/web-address.ts';
import { isImageType } from '../../media/files/file-types.ts';

/** What keeps an issue from going out: the code of each fault, what it says, and how to mend it. */
const FAULTS = {
  title_missing: { message: 'has no title', remedy: 'Give it a title.' },
  sections_missing: { message: 'has no sections', remedy: 'Add a section with an item.' },
  items_missing: { message: 'has no items', remedy: 'Add an item, or delete the section.' },
  body_or_link_missing: { message: 'has neither body nor link', remedy: 'Write a body or add a link.' },
  link_not_http: {
    message: 'is not an http or https address',
    remedy: 'Give the whole address, as in https://example.org/page.',
  },
  paper_missing: {
    message: 'is of kind paper but points to none',
    remedy: 'Set paperId, or choose another kind.',
  },
  media_missing: {
    message: 'refers to media that does not exist',
    remedy: 'Upload it, or take the image or link out.',
  },
  media_not_image: {
    message: 'shows media that is no image',
    remedy: 'Link to it instead, as in [words](media:<id>).',
  },
  text_too_complex: {
    message: 'is too complex to be shown with its markup',
    remedy: 'Break up very long paragraphs, tables or nested lists.',
  },
  alt_missing: {
    message: 'has a figure without alt text',
    remedy: 'Write one on the figure or its media; an empty one marks it as decorative.',
  },
} as const satisfies Partial<Record<Fault['code'], Pick<Obstacle, 'message' | 'remedy'>>>;

type FaultCode = keyof typeof FAULTS;

export type Obstacle = Required<Omit<Fault, 'in'>>;

/** zod options for a rule: the issue's message, and its code for `toObstacle`. */
function fault(code: FaultCode) {
  return { error: FAULTS[code].message, params: { code } };
}

export function describeFault(issue: z.core.$ZodIssue): Omit<Obstacle, 'pointer'> {
  const { code } = faultParams.parse('params' in issue ? issue.params : undefined);
  return { code, ...FAULTS[code] };
}

const faultParams = z.object({ code: z.enum(Object.keys(FAULTS) as FaultCode[]) });

const isFilled = (text: string | null) => text !== null && text.trim() !== '';

const media = z.object({ file: z.object({ mimeType: z.string() }) });

/** What is no image cannot be shown, and needs no words in its place. */
const figure = z
  .object({ media, alt: z.string().nullable() })
  .refine(({ media }) => isImage(media), fault('media_not_image'))
  .refine(({ media, alt }) => alt !== null || !isImage(media), fault('alt_missing'));

function isImage({ file }: z.infer<typeof media>): boolean {
  return isImageType(file.mimeType);
}

const text = z
  .object({
    markdown: z.string().nullable(),
    excess: z.string().nullable(),
    placed: z.array(z.object({ figure: figure.nullable() })),
    linked: z.array(z.object({ media: media.nullable() })),
  })
  .refine(({ excess }) => excess === null, fault('text_too_complex'))
  .refine(({ placed, linked }) => {
    return placed.every(({ figure }) => figure !== null) && linked.every(({ media }) => media !== null);
  }, fault('media_missing'));

const item = z
  .object({
    kind: z.string(),
    title: z.string().refine(isFilled, fault('title_missing')),
    paperId: z.string().nullable(),
    body: text,
    links: z.array(z.object({ url: z.string().refine(isWebAddress, fault('link_not_http')) })),
    figures: z.array(figure),
  })
  .refine(({ body, links }) => isFilled(body.markdown) || links.length > 0, {
    ...fault('body_or_link_missing'),
    path: ['body'],
  })
  .refine(({ kind, paperId }) => kind !== 'paper' || paperId !== null, {
    ...fault('paper_missing'),
    path: ['paperId'],
  });

const section = z.object({
  intro: text,
  items: z.array(item).refine((items) => items.length > 0, fault('items_missing')),
});

/** The issue that can go out. Paths in it are those of the issue as the Admin API shows it. */
export const publishableIssue = z.object({
  title: z.string().refine(isFilled, fault('title_missing')),
  intro: text,
  signOff: text,
  cover: figure.nullable(),
  sections: z.array(section).refine((sections) => sections.length > 0, fault('sections_missing')),
});
