import { isWebAddress } from '../../lib/web-address.ts';
import { text } from '../../schemas.ts';

const PLACEHOLDERS = ['{slug}', '{number}'];

type Named = { slug: string; number: number };

/** The template of the address at which a frontend shows an issue. */
export const issueUrl = text(500)
  .refine(hasPlaceholder, { error: 'must have {slug} or {number} in it' })
  .refine(isAddressOnceFilled, { error: 'must be an http or https address without a fragment' })
  .meta({
    description:
      'Where a frontend shows an issue: an address with `{slug}` or `{number}` in it. Feeds, sitemap and JSON-LD link there. Null: to the issue in the Content API.',
    examples: ['https://letter.example/issues/{slug}'],
  });

function hasPlaceholder(template: string): boolean {
  return PLACEHOLDERS.some((placeholder) => template.includes(placeholder));
}

/** The fragment is taken: items are linked to by their anchor. */
function isAddressOnceFilled(template: string): boolean {
  const filled = fillIn(template, { slug: 'x', number: 1 });
  return isWebAddress(filled) && !/[{}#]/.test(filled);
}

/** The address of the issue's page, as a URL parser spells it. */
export function fillIssueUrl(template: string, issue: Named): string {
  return new URL(fillIn(template, issue)).href;
}

function fillIn(template: string, { slug, number }: Named): string {
  return template.replaceAll('{slug}', slug).replaceAll('{number}', String(number));
}
