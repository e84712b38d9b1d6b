/**
 * What in CSS can fetch something or run something. Everything else only paints. A function that takes an address
 * has it as `url()` of a fragment or not at all; `image()` and its kin take bare strings.
 * https://drafts.csswg.org/css-values-4/#urls
 */
const FETCHES =
  /@import|@font-face|@namespace|@charset|@document|\b(src|image|image-set|cross-fade|element|expression|paint)\s*\(|-moz-binding|\bbehavior\s*:|javascript:/i;
const ADDRESS = /\burl\s*\((?!\s*["']?#)/i;

/** Of groups of rules. Each level is read once more. */
const MAX_NESTING = 5;

/** A declaration, or the value of an attribute that paints. Escapes are refused: they hide names from these rules. */
export function isSafeCss(css: string): boolean {
  return !/[\\<]|\/\*|\*\//.test(css) && !FETCHES.test(css) && !ADDRESS.test(css);
}

/** Keeps the declarations that are safe. */
export function cleanDeclarations(css: string): string {
  return withoutComments(css).split(';').filter(isSafeCss).join(';').trim();
}

/**
 * Keeps the rules that are safe, and of the others the safe declarations. The result as a whole is held against the same
 * rules once more, so it does not matter whether a browser would split it otherwise.
 */
export function cleanStyleSheet(css: string): string {
  const cleaned = cleanRules(withoutComments(css));
  return isSafeCss(cleaned) ? cleaned : '';
}

function withoutComments(css: string): string {
  return css.replace(/<!--|-->/g, '').replace(/\/\*[\s\S]*?(\*\/|$)/g, '');
}

function cleanRules(css: string, depth = 0): string {
  if (depth > MAX_NESTING) return '';
  let [rules, rest] = ['', css];
  for (;;) {
    const head = /^[^{};]*/.exec(rest)?.[0] ?? '';
    const mark = rest.charAt(head.length);
    if (mark === '') return rules;
    rest = rest.slice(head.length);
    if (mark !== '{') {
      rest = rest.slice(1);
      continue;
    }
    const body = takeBody(rest);
    rest = rest.slice(body.length + 2);
    const isGroup = /^\s*@(media|supports|layer|container|(-webkit-)?keyframes)\b/i.test(head);
    if (isSafeCss(head) && (isGroup || !/^\s*@/.test(head))) {
      rules += `${head}{${isGroup ? cleanRules(body, depth + 1) : cleanDeclarations(body)}}`;
    }
  }
}

/** Between the brace at the start and its counterpart. */
function takeBody(css: string): string {
  let depth = 0;
  for (let at = 0; at < css.length; at += 1) {
    if (css[at] === '{') depth += 1;
    if (css[at] === '}') depth -= 1;
    if (depth === 0) return css.slice(1, at);
  }
  return css.slice(1);
}
