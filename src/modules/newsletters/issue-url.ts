import { isAddressWithSpace, isWebAddress } from '../../lib/web-address.ts';
import { text } from '../../schemas.ts';

const PLACEHOLDERS = ['{slug}', '{number}'];

type Named = { slug: string; number: number };

const EXAMPLE: Named = { slug: 'x', number: 1 };

/** A URL template for the page of a frontend that shows an issue. */
export const issueUrl = text(500)
  .refine(hasPlaceholder, { error: 'must contain {slug} or {number}' })
  .refine((template) => !isAddressWithSpace(fillIn(template, EXAMPLE)), {
    error: 'has a space, which a URL cannot have: write it as %20, or remove it',
    abort: true,
  })
  .refine(isAddressOnceFilled, { error: 'must be an http or https URL without a fragment' })
  .meta({
    description:
      'URL of the page that shows an issue, with `{slug}` or `{number}` as a placeholder. Feeds, sitemap and JSON-LD link to it. Null: they link to the issue in the Content API.',
    examples: ['https://letter.example/issues/{slug}'],
  });

function hasPlaceholder(template: string): boolean {
  return PLACEHOLDERS.some((placeholder) => template.includes(placeholder));
}

/** The fragment is reserved for the anchors of items. */
function isAddressOnceFilled(template: string): boolean {
  const filled = fillIn(template, EXAMPLE);
  return isWebAddress(filled) && !/[{}#]/.test(filled);
}

/** The URL of the issue's page, in the normal form of the URL parser. */
export function fillIssueUrl(template: string, issue: Named): string {
  return new URL(fillIn(template, issue)).href;
}

function fillIn(template: string, { slug, number }: Named): string {
  return template.replaceAll('{slug}', slug).replaceAll('{number}', String(number));
}
