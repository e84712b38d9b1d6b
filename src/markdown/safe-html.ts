import type { Root } from 'hast';
import rehypeSanitize, { defaultSchema, type Options } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { IMAGE_SIZES } from './image-sizes.ts';

/** A media URL in a stored edition, which is replaced when the edition is sent. It cannot contain characters that end a URL. */
const STORED = 'masthead:media/[\\w.-]+';
const stored = new RegExp(`^${STORED}$`);
const foreign = /^(?!masthead:)/;
const srcset = new RegExp(`^${STORED} \\d+w(, ${STORED} \\d+w)*$`);
const base64 = '[A-Za-z0-9+/]+={0,2}';
const thumbhash = new RegExp(`^${base64}$`);
const placeholder = new RegExp(
  `^background:center/cover no-repeat url\\(data:image/webp;base64,${base64}\\)$`,
);

const footnoteHeading: NonNullable<Options['attributes']>[string] = [
  'id',
  ['className', 'sr-only'],
  ['lang', 'en'],
];

/** Allows only what Markdown and figures render to. Other elements are replaced by their content. */
const schema: Options = {
  tagNames: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'blockquote', 'ul', 'ol', 'li', 'pre', 'hr', 'section'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'figure', 'figcaption', 'picture', 'source'],
    ...['a', 'img', 'em', 'strong', 'del', 'code', 'sup', 'br', 'span', 'input', 'div'],
    ...['kbd', 'mark', 'q', 'sub'],
  ],
  attributes: {
    a: [
      ...['id', 'title', 'ariaDescribedBy', 'ariaLabel', 'dataFootnoteRef', 'dataFootnoteBackref'],
      ['href', foreign, stored],
      ['className', 'data-footnote-backref'],
      ['lang', 'en'],
    ],
    blockquote: [['className', 'callout', /^callout-[a-z]+$/]],
    code: [
      ['className', /^language-./, 'math-inline', 'math-display'],
      ['dir', 'ltr'],
    ],
    div: [['className', 'caption']],
    h2: footnoteHeading,
    h3: footnoteHeading,
    h4: footnoteHeading,
    img: [
      ...['src', 'alt', 'title', 'width', 'height'],
      ['srcSet', srcset],
      ['sizes', IMAGE_SIZES],
      ['loading', 'lazy'],
      ['decoding', 'async'],
      ['dataThumbhash', thumbhash],
      ['style', placeholder],
    ],
    input: ['checked', ['type', 'checkbox'], ['disabled', true]],
    li: ['id', ['className', 'task-list-item']],
    ol: ['start', ['className', 'contains-task-list']],
    p: [
      ['className', 'callout-title'],
      ['lang', 'en'],
    ],
    pre: [['dir', 'ltr']],
    section: ['dataFootnotes', ['className', 'footnotes']],
    source: [
      ['type', 'image/avif', 'image/webp'],
      ['srcSet', srcset],
      ['sizes', IMAGE_SIZES],
    ],
    span: [['className', 'credit']],
    td: ['align'],
    th: ['align'],
    ul: [['className', 'contains-task-list']],
  },
  // Stored editions use masthead: for media URLs.
  protocols: { href: ['http', 'https', 'mailto', 'masthead'], src: ['http', 'https', 'masthead'] },
  ancestors: { ...defaultSchema.ancestors, source: ['picture'] },
  // Only the renderer sets ids, and it prefixes them itself.
  clobber: [],
};

const sanitize = rehypeSanitize(schema);
const writer = unified().use(rehypeStringify).freeze();

export function toSafeHtml(tree: Root): string {
  return writer.stringify(sanitize(tree));
}
