/**
 * The parts of CSS that can load or run something. `url()` is allowed for fragments only; functions such as `image()`
 * accept URLs as plain strings. https://drafts.csswg.org/css-values-4/#urls
 */
const LOADING =
  /@import|@font-face|@namespace|@charset|@document|\b(src|image|image-set|cross-fade|element|expression|paint)\s*\(|-moz-binding|\bbehavior\s*:|javascript:/i;
const EXTERNAL_URL = /\burl\s*\((?!\s*["']?#)/i;

/** Limits nested groups of rules, because each level scans its content again. */
const MAX_NESTING = 5;

/** Checks a declaration or the value of a presentation attribute. Escapes are refused, because they can hide names. */
export function isSafeCss(css: string): boolean {
  return !/[\\<]|\/\*|\*\//.test(css) && !LOADING.test(css) && !EXTERNAL_URL.test(css);
}

/** Drops unsafe declarations. */
export function cleanDeclarations(css: string): string {
  return withoutComments(css).split(';').filter(isSafeCss).join(';').trim();
}

/**
 * Drops unsafe rules and declarations. The result is checked again as a whole, in case a browser splits it differently.
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

/** Returns the text between the brace at the start and the matching one. */
function takeBody(css: string): string {
  let depth = 0;
  for (let at = 0; at < css.length; at += 1) {
    if (css[at] === '{') depth += 1;
    if (css[at] === '}') depth -= 1;
    if (depth === 0) return css.slice(1, at);
  }
  return css.slice(1);
}
