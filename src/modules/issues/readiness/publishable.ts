import { z } from 'zod';
import { DomainError, type Fault, toPointer } from '../../../errors.ts';
import { isAddressWithSpace, isWebAddress } from '../../../lib/web-address.ts';
import { isImageType } from '../../media/files/file-types.ts';

/** The faults that prevent publishing, by code. */
const FAULTS = {
  title_missing: { message: 'has no title', remedy: 'Give it a title.' },
  sections_missing: { message: 'has no sections', remedy: 'Add a section with an item.' },
  items_missing: { message: 'has no items', remedy: 'Add an item, or delete the section.' },
  body_or_link_missing: {
    message: 'has nothing to show: no body, no link, no figure and no paper',
    remedy: 'Write a body, or add a link, a figure or a paper.',
  },
  link_not_http: {
    message: 'is not an http or https address',
    remedy: 'Enter the full address, for example https://example.org/page.',
  },
  link_has_space: {
    message: 'has a space, which a URL cannot have',
    remedy: 'Write the space as %20, or remove it.',
  },
  paper_missing: {
    message: 'is of kind paper but has no paper',
    remedy: 'Set paperId, or choose another kind.',
  },
  media_missing: {
    message: 'refers to a media file that does not exist',
    remedy: 'Upload it, or remove the image or link.',
  },
  media_not_image: {
    message: 'shows a media file that is not an image',
    remedy: 'Link to it instead: [link text](media:<id>).',
  },
  text_too_complex: {
    message: 'is too complex to be rendered with its markup',
    remedy: 'Split very long paragraphs, tables or nested lists.',
  },
  text_too_slow: {
    message: 'takes too long to render',
    remedy: 'Split it into several texts, or simplify its markup.',
  },
  link_unusable: {
    message: 'has a link without a usable address',
    remedy: 'Write an address that starts with https://, http:// or mailto:, or remove the link.',
  },
  text_empty: {
    message: 'shows nothing to readers',
    remedy: 'Write something that readers see, or remove the text.',
  },
  alt_missing: {
    message: 'has a figure without alt text',
    remedy: 'Write alt text on the figure or on its media file. Empty alt text marks a decorative image.',
  },
} as const satisfies Partial<Record<Fault['code'], Pick<Obstacle, 'message' | 'remedy'>>>;

type FaultCode = keyof typeof FAULTS;

export type Obstacle = Required<Omit<Fault, 'in'>>;

/** zod options for a rule: the message, and the code for `describeFault`. */
function fault(code: FaultCode) {
  return { error: FAULTS[code].message, params: { code } };
}

export function describeFault(issue: z.core.$ZodIssue): Omit<Obstacle, 'pointer'> {
  const { code } = faultParams.parse('params' in issue ? issue.params : undefined);
  return { code, ...FAULTS[code], message: issue.message };
}

/** The error that prevents publishing. */
export function notReady(obstacles: readonly Obstacle[]): DomainError {
  const faults = obstacles.map((obstacle) => ({ ...obstacle, in: 'issue' as const }));
  return new DomainError('invalid', 'not_ready', 'The issue is not ready to be published.', { faults });
}

export function tooSlow(path: readonly PropertyKey[]): Obstacle {
  return { pointer: toPointer(path), code: 'text_too_slow', ...FAULTS.text_too_slow };
}

const faultParams = z.object({ code: z.enum(Object.keys(FAULTS) as FaultCode[]) });

const isFilled = (text: string | null) => text !== null && text.trim() !== '';

const media = z.object({ file: z.object({ mimeType: z.string() }) });

/** A media file that is not an image has only that fault: it needs no alt text. */
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
    isTooSlow: z.boolean(),
    faults: z.array(z.object({ code: z.enum(['link_unusable', 'text_empty']), message: z.string() })),
    placed: z.array(z.object({ figure: figure.nullable() })),
    linked: z.array(z.object({ media: media.nullable() })),
  })
  .refine(({ excess }) => excess === null, fault('text_too_complex'))
  .refine(({ isTooSlow }) => !isTooSlow, fault('text_too_slow'))
  .refine(({ placed, linked }) => {
    return placed.every(({ figure }) => figure !== null) && linked.every(({ media }) => media !== null);
  }, fault('media_missing'))
  .superRefine(({ faults }, context) => {
    for (const { code, message } of faults) {
      context.addIssue({ code: 'custom', message, params: { code }, continue: true });
    }
  });

const linkAddress = z
  .string()
  .refine((url) => !isAddressWithSpace(url), { ...fault('link_has_space'), abort: true })
  .refine(isWebAddress, fault('link_not_http'));

const item = z
  .object({
    kind: z.string(),
    title: z.string().refine(isFilled, fault('title_missing')),
    paperId: z.string().nullable(),
    body: text,
    links: z.array(z.object({ url: linkAddress })),
    figures: z.array(figure),
  })
  .refine(
    ({ body, links, figures, paperId }) =>
      isFilled(body.markdown) || links.length > 0 || figures.length > 0 || paperId !== null,
    { ...fault('body_or_link_missing'), path: ['body'] },
  )
  .refine(({ kind, paperId }) => kind !== 'paper' || paperId !== null, {
    ...fault('paper_missing'),
    path: ['paperId'],
  });

const section = z.object({
  intro: text,
  items: z.array(item).refine((items) => items.length > 0, fault('items_missing')),
});

/** An issue that can be published. It has the same paths as the issue in the Admin API. */
export const publishableIssue = z.object({
  title: z.string().refine(isFilled, fault('title_missing')),
  intro: text,
  signOff: text,
  cover: figure.nullable(),
  sections: z.array(section).refine((sections) => sections.length > 0, fault('sections_missing')),
});
