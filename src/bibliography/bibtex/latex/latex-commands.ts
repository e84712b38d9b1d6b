import unicode from '@citation-js/plugin-bibtex/lib/input/unicode.json' with { type: 'json' };

/** Maps LaTeX commands to Unicode: the tables of @citation-js, and further commands that occur in titles and names. */

/** Combining marks by accent command. */
export const ACCENTS = toTable(unicode.diacritics);

export const SYMBOLS = new Map([
  ...toTable(unicode.commands),
  ...Object.entries({
    AA: 'Å',
    aa: 'å',
    BibTeX: 'BibTeX',
    LaTeX: 'LaTeX',
    TeX: 'TeX',
    P: '¶',
    S: '§',
    dag: '†',
    ddag: '‡',
    dots: '…',
    euro: '€',
    ldots: '…',
    pounds: '£',
    slash: '/',
    quad: ' ',
    qquad: ' ',
    space: ' ',
    textsubscript: '',
    textsuperscript: '',
    ...{ glq: '‚', grq: '‘', glqq: '„', grqq: '“', flqq: '«', frqq: '»', lq: '‘', rq: '’' },
    ...{ nobreakspace: ' ', thinspace: ' ', enspace: ' ', enskip: ' ', linebreak: ' ', hfill: ' ', hyp: '-' },
    ...{ allowbreak: '', sloppy: '', LaTeXe: 'LaTeX2e', XeTeX: 'XeTeX', LuaTeX: 'LuaTeX', degree: '°' },
    ...{ ohorn: 'ơ', OHORN: 'Ơ', uhorn: 'ư', UHORN: 'Ư', og: '« ', fg: ' »' },
    newline: '\u2028',
    par: '\u2029',
    '-': '',
    '/': '',
    '!': '',
    '@': '',
    '\\': ' ',
    ',': ' ',
    ':': ' ',
    ';': ' ',
    ' ': ' ',
    '\n': ' ',
  }),
]);

export const MATH = new Map([
  ...toTable(unicode.mathCommands),
  ...Object.entries({
    approx: '≈',
    cdot: '·',
    circ: '∘',
    cos: 'cos',
    ell: 'ℓ',
    exp: 'exp',
    ge: '≥',
    geq: '≥',
    gg: '≫',
    in: '∈',
    infty: '∞',
    ldots: '…',
    le: '≤',
    leq: '≤',
    ll: '≪',
    log: 'log',
    ln: 'ln',
    mathsemicolon: ';',
    max: 'max',
    min: 'min',
    mp: '∓',
    ne: '≠',
    neq: '≠',
    pm: '±',
    rightarrow: '→',
    leftarrow: '←',
    leftrightarrow: '↔',
    sim: '~',
    sin: 'sin',
    times: '×',
    to: '→',
    '%': '%',
    '&': '&',
    '#': '#',
    _: '_',
    ',': ' ',
    ';': ' ',
    ' ': ' ',
    '!': '',
  }),
]);

/** Symbols that may stand in text although they belong to mathematics. */
export const MATH_IN_TEXT = new Map([
  ...MATH,
  ...Object.entries({
    ...{ aleph: 'ℵ', ast: '∗', bullet: '•', cap: '∩', cdots: '⋯', checkmark: '✓', colon: ':', cup: '∪' },
    ...{
      dagger: '†',
      ddagger: '‡',
      div: '÷',
      emptyset: '∅',
      equiv: '≡',
      exists: '∃',
      forall: '∀',
      hbar: 'ℏ',
    },
    ...{ int: '∫', langle: '⟨', lbrace: '{', mapsto: '↦', mid: '∣', nabla: '∇', neg: '¬', notin: '∉' },
    ...{ odot: '⊙', oplus: '⊕', otimes: '⊗', parallel: '∥', partial: '∂', perp: '⊥', prime: '′', prod: '∏' },
    ...{ propto: '∝', rangle: '⟩', rbrace: '}', Rightarrow: '⇒', star: '⋆', subset: '⊂', sum: '∑', vee: '∨' },
    ...{ wedge: '∧', vdots: '⋮' },
  }),
]);

/** Superscripts and subscripts by character. */
export const SCRIPTS = {
  '^': pair('0123456789+-=()in', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ'),
  _: pair('0123456789+-=()aeox', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ'),
};

function pair(plain: string, script: string): Map<string, string> {
  const scripts = [...script];
  return new Map([...plain].map((character, index) => [character, scripts[index] ?? '']));
}

function toTable(table: Record<string, string | null>): Map<string, string> {
  return new Map(Object.entries(table).filter((row): row is [string, string] => row[1] !== null));
}
