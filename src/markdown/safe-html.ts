import type { Root } from 'hast';
import rehypeSanitize, { type Options } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';

/** What Markdown and figures become, and nothing else. An element of another name is replaced by what it holds. */
const schema: Options = {
  tagNames: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'blockquote', 'ul', 'ol', 'li', 'pre', 'hr', 'section'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'figure', 'figcaption'],
    ...['a', 'img', 'em', 'strong', 'del', 'code', 'sup', 'br', 'span', 'input'],
  ],
  attributes: {
    a: [
      ...['id', 'href', 'title', 'ariaDescribedBy', 'ariaLabel', 'dataFootnoteRef', 'dataFootnoteBackref'],
      ['className', 'data-footnote-backref'],
    ],
    code: [['className', /^language-./]],
    h2: ['id', ['className', 'sr-only']],
    img: ['src', 'alt', 'title', 'width', 'height', ['loading', 'lazy'], ['decoding', 'async']],
    input: ['checked', ['type', 'checkbox'], ['disabled', true]],
    li: ['id', ['className', 'task-list-item']],
    ol: ['start', ['className', 'contains-task-list']],
    section: ['dataFootnotes', ['className', 'footnotes']],
    span: [['className', 'credit']],
    td: ['align'],
    th: ['align'],
    ul: [['className', 'contains-task-list']],
  },
  // An edition names its media by masthead: until it is sent.
  protocols: { href: ['http', 'https', 'mailto'], src: ['http', 'https', 'masthead'] },
  // Ids come from the renderer alone, which gives them a prefix of their own.
  clobber: [],
};

const sanitize = rehypeSanitize(schema);
const writer = unified().use(rehypeStringify).freeze();

export function toSafeHtml(tree: Root): string {
  return writer.stringify(sanitize(tree));
}
