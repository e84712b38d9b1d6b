import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { photograph, withEmbedded } from './make-images.ts';
import { useImages } from './use-images.ts';

const images = useImages();

const XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const svg = (content: string, attributes = 'viewBox="0 0 100 50"') =>
  `<svg ${XMLNS} ${attributes}><rect id="kept" width="50" height="50" fill="#c00"/>${content}</svg>`;
const clean = async (text: string | Uint8Array) => {
  const { bytes, ...facts } = await images.cleanBytes(text);
  return { ...facts, text: bytes.toString() };
};

describe('SVG files', () => {
  test('an SVG gets a size and is checked for transparency', async () => {
    expect(await clean(svg(''))).toEqual({
      extension: 'svg',
      mimeType: 'image/svg+xml',
      size: expect.any(Number),
      sha256: expect.any(String),
      width: 100,
      height: 50,
      frames: 1,
      hasAlpha: true,
      thumbhash: expect.any(String),
      placeholder: null,
      embedded: { alt: null, caption: null, credit: null, licenceUrl: null },
      text: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" width="100" height="50"><rect id="kept" width="50" height="50" fill="#c00"/></svg>',
    });
    const full = await clean(svg('<rect width="100" height="50" fill="#0a0"/>'));
    expect(full).toMatchObject({ hasAlpha: false, placeholder: expect.stringMatching(/^data:image\/webp/) });
  });

  const utf16 = Buffer.from(
    `\uFEFF<?xml version="1.0" encoding="UTF-16"?>${svg('<text>Köln</text>')}`,
    'utf16le',
  );
  test.each([
    ['with an XML declaration', `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n${svg('')}`],
    ['with a byte order mark', `\uFEFF${svg('')}`],
    [
      'after comments, processing instructions and a doctype',
      `<?xml version="1.0"?><!-- <html> --><?x <y> ?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<!-- ${'x'.repeat(9000)} -->${svg('')}`,
    ],
    ['in UTF-16', utf16],
    [
      'in Latin-1 with an encoding declaration',
      Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${svg('<text>Köln</text>')}`, 'latin1'),
    ],
    [
      'with a namespace prefix',
      `<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><s:rect id="kept"/></s:svg>`,
    ],
    ['without a namespace', '<svg viewBox="0 0 100 50"><rect id="kept"/></svg>'],
  ])('an SVG %s is recognized', async (_where, bytes) => {
    const { text } = await clean(bytes);
    expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^<]*><rect id="kept"/);
    if (typeof bytes !== 'string') expect(text).toContain('>Köln<');
  });

  test.each([
    ['viewBox="0 0 99.6 0.2"', 100, 1],
    ['width="120" height="80px"', 120, 80],
    ['width="1in" height="2.54cm" viewBox="0 0 1 1"', 96, 96],
    ['width="300" viewBox="0,0,100,50"', 300, 150],
    ['height="300" viewBox="0 0 100 50"', 600, 300],
    ['width="100%" height="100%" viewBox="-5 -5 100 50"', 100, 50],
    ['viewBox="0 0 4000000 2000000"', 16_383, 8192],
  ])('an SVG with %s has %i by %i pixels', async (attributes, width, height) => {
    const cleaned = await clean(svg('', attributes));
    expect(cleaned).toMatchObject({ width, height });
    expect(cleaned.text).toMatch(/ viewBox="/);
    expect(await sharp(Buffer.from(cleaned.text), { limitInputPixels: false }).metadata()).toMatchObject({
      width,
      height,
    });
  });

  test.each([
    '',
    'width="100%" height="50em"',
    'viewBox="0 0 0 10"',
    'viewBox="0 0 10"',
    'width="-5" height="10"',
    'width="1e999" height="5"',
  ])('an SVG without a usable size (%s) is refused', async (attributes) => {
    await expect(clean(svg('', attributes))).rejects.toMatchObject({
      kind: 'invalid',
      code: 'svg_without_size',
    });
  });

  test.each([
    ['an unclosed element', svg('<g>')],
    ['a repeated attribute', svg('<g id="a" id="b"/>')],
    ['a bare ampersand', svg('<text>a & b</text>')],
    ['an undeclared prefix', svg('<g x:y="1"/>')],
    ['invalid UTF-8', Buffer.concat([Buffer.from(svg('<text>')), Buffer.of(0xff, 0xfe)])],
    ['a truncated end', svg('').slice(0, -3)],
    ['trailing content', `${svg('')}<script/>`],
  ])('an SVG with %s is refused as damaged', async (_what, text) => {
    await expect(clean(text)).rejects.toMatchObject({ kind: 'invalid', code: 'damaged_image' });
  });

  test.each([
    ['excessive nesting', svg('<g>'.repeat(5000) + '</g>'.repeat(5000))],
    ['too many attributes', svg(`<g ${Array.from({ length: 20_000 }, (_, i) => `a${i}=''`).join(' ')}/>`)],
    ['too many elements', svg('<g/>'.repeat(60_000))],
  ])('an SVG with %s is refused as too complex', async (_what, text) => {
    await expect(clean(text)).rejects.toMatchObject({ kind: 'invalid', code: 'svg_too_complex' });
  });

  test('an SVG of more than 1 MiB is refused', async () => {
    await expect(clean(svg(`<!--${' '.repeat(1024 * 1024)}-->`))).rejects.toMatchObject({
      kind: 'too_large',
      code: 'file_too_large',
      details: { maxBytes: 1024 * 1024 },
    });
  });

  test('an SVG with entities is refused before they are expanded', async () => {
    const laughs = Array.from({ length: 20 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`);
    const bomb = `<!DOCTYPE svg [<!ENTITY l0 "lol">${laughs.join('')}]>${svg('<text>&l20;</text>')}`;
    const outside = `<!DOCTYPE svg [<!ENTITY file SYSTEM "file:///etc/passwd">]>${svg('<text>&file;</text>')}`;
    for (const text of [bomb, outside]) {
      await expect(clean(text)).rejects.toMatchObject({ kind: 'invalid', code: 'svg_with_entities' });
    }
  });

  test('an SVG whose nested uses multiply is refused', async () => {
    const levels = Array.from(
      { length: 40 },
      (_, i) => `<g id="g${i + 1}"><use href="#g${i}"/><use href="#g${i}"/></g>`,
    );
    await expect(
      clean(svg(`<g id="g0"><rect width="9" height="9"/></g>${levels.join('')}`)),
    ).rejects.toMatchObject({
      code: 'svg_too_complex',
    });
  });
});

describe('text that an SVG would lose', () => {
  const html = (text: string) =>
    `<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">${text}</div></foreignObject>`;

  test.each([
    ['at the top', html('Fetch <b>me</b>')],
    ['in a group', `<g><g>${html('Fetch me')}</g></g>`],
    ['in a switch without an alternative', `<switch>${html('Fetch me')}</switch>`],
    ['as the alternative of a switch', `<switch><text>x</text>${html('Fetch me')}</switch>`],
    ['in CDATA', html('<![CDATA[Fetch me]]>')],
    ['with an empty group as the alternative', `<switch>${html('Fetch me')}<g/></switch>`],
    ['with an empty text as the alternative', `<switch>${html('Fetch me')}<text> </text></switch>`],
    ['with a title as the alternative', `<switch>${html('Fetch me')}<title>Fetch me</title></switch>`],
    [
      'of Inkscape that wraps',
      '<flowRoot><flowRegion><rect width="9" height="9"/></flowRegion><flowPara>Fetch me</flowPara></flowRoot>',
    ],
  ])('text %s is refused, and the refusal quotes it', async (_where, inner) => {
    await expect(clean(svg(inner))).rejects.toMatchObject({
      code: 'svg_with_html',
      message: expect.stringContaining('“Fetch me”'),
    });
  });

  test.each([
    ['an embedded image', '<img src="DATA:image/png;base64,AA=="/>'],
    ['an image of a style', '<div style="background: url(data:image/png;base64,AA==)"/>'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'],
    ['the value of a field', '<input value="Send"/>'],
  ])('%s in HTML is refused, and the refusal says so', async (_what, inner) => {
    await expect(clean(svg(html(inner)))).rejects.toMatchObject({
      code: 'svg_with_html',
      message: expect.stringContaining('a drawing or an image'),
    });
  });

  test.each([
    ['an alternative in a switch', `<switch>${html('Send')}<text>Send</text></switch>`],
    [
      'an alternative in a group of a switch',
      `<switch>${html('Send')}<g><a><text>Send</text></a></g></switch>`,
    ],
    [
      'an alternative that is a picture',
      `<switch>${html('Send')}<path d="M0 0L9 9" aria-label="Send"/></switch>`,
    ],
    ['only a script and a style', html('<script>alert(1)</script><style>b { color: red }</style>')],
  ])('HTML with %s is removed', async (_what, inner) => {
    const { text } = await clean(svg(inner));
    expect(text).not.toContain('foreignObject');
    expect(text).not.toContain('alert');
    expect(text.match(/Send/g) ?? []).toHaveLength(inner.includes('switch') ? 1 : 0);
  });
});

test.each([
  [
    'marker on the vertices of a line',
    `<marker id="m"><path d="M0 0L5 5"/></marker><polyline marker-mid="url(#m)" points="${'1,2 '.repeat(50_000)}"/>`,
  ],
  [
    'marker that a style sheet adds',
    `<style>path { marker-mid: url(#m) }</style><marker id="m"><path d="M0 0"/></marker><path d="M${'1 2L'.repeat(50_000)}1 2"/>`,
  ],
  [
    'marker on numbers that only dots separate',
    `<marker id="m"><path d="M0 0"/></marker><path d="M0 0l${'.1.1'.repeat(50_000)}"/>`,
  ],
  [
    'marker on closed paths',
    `<marker id="m"><path d="M0 0"/></marker><path marker-mid="url(#m)" d="M0 0L5 5${'z'.repeat(50_000)}"/>`,
  ],
  [
    'marker on horizontal lines',
    `<marker id="m"><path d="M0 0"/></marker><path d="M0 0h${'1 '.repeat(50_000)}"/>`,
  ],
])('a %s is refused as too complex, because each vertex draws it', async (_what, inner) => {
  await expect(clean(svg(inner))).rejects.toMatchObject({ code: 'svg_too_complex' });
});

test('a long path is accepted beside an arrow', async () => {
  const arrow = '<marker id="m"><path d="M0 0L5 5"/></marker>';
  expect(await clean(svg(`${arrow}<path d="M0 0c${'1,2 3,4 5,6 '.repeat(10_000)}"/>`))).toMatchObject({
    extension: 'svg',
  });
});

describe('sanitized SVG files', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script with an xlink:href', '<script xlink:href="data:,alert(1)"/>'],
    ['a script in CDATA', '<script><![CDATA[alert(1)]]></script>'],
    ['an XHTML script', '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'],
    ['an event handler', '<rect onload="alert(1)" OnClick="alert(1)" onbegin="alert(1)"/>'],
    [
      'HTML',
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="alert(1)"/></body></foreignObject>',
    ],
    [
      'HTML in a title',
      '<title><h1 xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></h1></title>',
    ],
    ['a frame', '<iframe xmlns="http://www.w3.org/1999/xhtml" srcdoc="alert(1)"/>'],
    [
      'an animation that sets an href',
      '<a><animate attributeName="href" values="javascript:alert(1)"/><set attributeName="onclick" to="alert(1)"/></a>',
    ],
    ['a javascript: link', '<a href="javascript:alert(1)"><rect/></a>'],
    ['an obfuscated javascript: link', '<a xlink:href="&#106;ava&#10;script:alert(1)"><rect/></a>'],
    ['an external link', '<a href="https://evil.example/alert"><rect/></a>'],
    [
      'an external image',
      '<image href="https://evil.example/alert.png"/><image xlink:href="//evil.example/alert.png"/>',
    ],
    ['an image from the disk', '<image href="file:///etc/alert"/>'],
    ['an SVG as an image', '<image href="data:image/svg+xml;base64,alert"/>'],
    ['an HTML page as an image', '<image href="data:text/html,alert(1)"/>'],
    [
      'a use of an external drawing',
      '<use href="https://evil.example/alert.svg#a"/><use href="data:image/svg+xml,alert#a"/>',
    ],
    ['an external filter', '<filter id="f"><feImage href="https://evil.example/alert.svg"/></filter>'],
    [
      'an external paint',
      '<rect fill="url(https://evil.example/alert#a)" mask="url( \'//evil.example/alert\' )"/>',
    ],
    [
      'an escaped external paint',
      '<rect fill="u\\72l(https://evil.example/alert)" filter="url(\\68ttps://evil.example/alert)"/>',
    ],
    [
      'an external URL in a style attribute',
      '<rect style="fill:red;background:url(https://evil.example/alert)"/>',
    ],
    [
      'an external URL in other CSS functions',
      '<rect style="background:image-set(\'https://evil.example/alert\' 1x)"/><rect style="cursor:src(\'alert\')"/>',
    ],
    [
      'an external URL between CSS comments',
      '<rect style="background:u/**/rl(https://evil.example/alert);fill:url(/*#*/https://evil.example/alert)"/>',
    ],
    [
      'an @import rule',
      '<style>@import "https://evil.example/alert.css"; @import url(//evil.example/alert);</style>',
    ],
    ['an escaped @import rule', '<style>@\\69mport "https://evil.example/alert.css";</style>'],
    [
      'an external URL in a style sheet',
      '<style>rect{fill:url("https://evil.example/alert")} @media all{rect{mask:url(//alert)}}</style>',
    ],
    [
      'a @font-face rule',
      '<style>@font-face{font-family:x;src:url(https://evil.example/alert.woff)}</style>',
    ],
    [
      'a style sheet with an unclosed comment',
      '<style>rect{fill:red} /* </style><style>*/ @import "alert";</style>',
    ],
    [
      'an external URL hidden by CSS strings',
      '<style>rect{content:"/*"; fill:url(https://evil.example/alert) "*/"}</style>',
    ],
    ['markup in a style sheet', '<style>&lt;/style>&lt;script>alert(1)&lt;/script></style>'],
    ['an HTML style element', '<style xmlns="http://www.w3.org/1999/xhtml">@import "alert"</style>'],
    ['an xml:base attribute', '<g xml:base="https://evil.example/alert/"><use href="#kept"/></g>'],
    [
      'metadata of graphics editors',
      '<metadata><rdf>alert</rdf></metadata><i:pgf xmlns:i="http://ns.adobe.com/x">alert</i:pgf><g i:x="alert" xmlns:i="urn:i"/>',
    ],
    ['a comment', '<!-- alert -->'],
    ['a processing instruction', '<?xml-stylesheet href="https://evil.example/alert.css"?>'],
    [
      'unknown elements',
      '<handler type="alert">x</handler><tref href="alert"/><cursor href="alert"/><discard begin="alert"/>',
    ],
  ])('%s is removed from an SVG', async (_what, content) => {
    const { text } = await clean(`<?xml-stylesheet href="alert.css"?><!-- alert -->${svg(content)}`);
    expect(text).not.toMatch(/alert|evil|script|import|foreign|<\?|<!/i);
    expect(text).toContain('<rect id="kept"');
    expect(await sharp(Buffer.from(text)).metadata()).toMatchObject({ format: 'svg' });
  });

  test('metadata is removed from an image embedded in an SVG', async () => {
    const bytes = await withEmbedded(photograph(60, 40)).jpeg().toBuffer();
    const { text } = await clean(
      svg(`<image width="60" height="40" xlink:href="data:image/jpeg;base64,${bytes.toString('base64')}"/>`),
    );
    const [, type, base64 = ''] = /href="data:(.*?);base64,(.*?)"/.exec(text) ?? [];
    expect(type).toBe('image/jpeg');
    expect(await sharp(Buffer.from(base64, 'base64')).metadata()).toMatchObject({ width: 60, height: 40 });
    expect(
      Buffer.from(base64, 'base64').includes('GPS') || Buffer.from(base64, 'base64').includes('Exif'),
    ).toBe(false);
  });

  test('gradients, clip paths, text, uses and harmless styles are kept', async () => {
    const drawing = `<defs><linearGradient id="g" gradientTransform="rotate(90)"><stop offset="0" stop-color="red"/></linearGradient>
      <clipPath id="c"><circle r="9"/></clipPath></defs>
      <style>.a{fill:url(#g);stroke-width:2}@media (prefers-color-scheme:dark){.a{fill:#fff}}@keyframes k{from{opacity:0}}</style>
      <g clip-path="url(#c)" style="opacity:.5;fill:url('#g')"><use href="#kept" x="5"/></g>
      <text xml:space="preserve" font-family="Noto Sans" text-anchor="middle"><tspan x="1" dy="1em">a &lt; b</tspan></text>
      <title>A title</title><path class="a" d="M0 0 L10,10Z" aria-label="Figure: a line"/>`;
    const { text } = await clean(svg(drawing));
    for (const kept of [
      '<linearGradient id="g" gradientTransform="rotate(90)"><stop offset="0" stop-color="red"/></linearGradient>',
      '<clipPath id="c">',
      '.a{fill:url(#g);stroke-width:2}@media (prefers-color-scheme:dark){.a{fill:#fff}}@keyframes k{from{opacity:0}}',
      '<g clip-path="url(#c)" style="opacity:.5;fill:url(\'#g\')"><use href="#kept" x="5"/></g>',
      '<text xml:space="preserve" font-family="Noto Sans" text-anchor="middle"><tspan x="1" dy="1em">a &lt; b</tspan></text>',
      '<title>A title</title>',
      '<path class="a" d="M0 0 L10,10Z" aria-label="Figure: a line"/>',
    ]) {
      expect(text).toContain(kept);
    }
  });

  test('a sanitized SVG does not change when it is sanitized again', async () => {
    const first = await clean(svg('<g style="fill:url(#a)"><use xlink:href="#kept"/></g>'));
    expect((await clean(first.text)).text).toBe(first.text);
  });
});
