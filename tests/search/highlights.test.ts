import { describe, expect, test } from 'vitest';
import { toHighlightedHtml } from '../../src/modules/search/highlight.ts';
import { useMasthead } from '../support/app.ts';
import { makePaper } from '../support/factories.ts';
import { type Item, makeLetter } from './searching.ts';

const masthead = useMasthead();

async function hitOf(item: Item, q: string) {
  const letter = await makeLetter(masthead);
  await letter.publish({ items: [item] });
  const { body } = await letter.search(q);
  return body.data[0];
}

describe('highlights of a hit', () => {
  test('each matching word is marked in the title and in the text', async () => {
    const hit = await hitOf({ title: 'Captions, captioned', body: 'On **captioning**.' }, 'caption');
    expect(hit).toMatchObject({
      titleHighlighted: '<mark>Captions</mark>, <mark>captioned</mark>',
      snippet: 'On <mark>captioning</mark>.',
    });
  });

  test('the snippet of a long text contains the passages with the matching words', async () => {
    const filler = 'Some other words that stand between the two. '.repeat(30);
    const { snippet } = await hitOf(
      { body: `${filler} A zebra. ${filler} A quagga. ${filler}` },
      'zebra quagga',
    );
    expect(snippet).toContain('<mark>zebra</mark>');
    expect(snippet).toContain('<mark>quagga</mark>');
    expect(snippet).toContain(' … ');
    expect(snippet.length).toBeLessThan(600);
  });

  test('the snippet is the start of the text when only the title matches', async () => {
    const hit = await hitOf(
      { title: 'Zebra', body: `Beginning of it. ${'More words. '.repeat(50)}` },
      'zebra',
    );
    expect(hit.snippet).toMatch(/^Beginning of it\. More/);
    expect(hit.snippet).not.toContain('<mark>');
  });

  test('the snippet contains the matching author of a paper', async () => {
    const paper = await makePaper(masthead, { title: 'On zebras', authors: ['Anna Quagga', 'Ben Okapi'] });
    const hit = await hitOf({ title: 'Paper', body: 'x', paperId: paper.id }, 'quagga');
    expect(hit.snippet).toContain('Anna <mark>Quagga</mark>, Ben Okapi');
  });

  test('a hit without a text has an empty snippet', async () => {
    const hit = await hitOf(
      {
        title: 'Zebra',
        body: null,
        links: [{ label: 'x', url: 'https://example.org', rel: 'source' }],
      },
      'zebra',
    );
    expect(hit).toMatchObject({ titleHighlighted: '<mark>Zebra</mark>', snippet: '' });
  });

  test.each([
    ['a script in code', '`<script>alert("zebra")</script>`'],
    ['a script around the word', '```\n<script src=x>zebra</script><img src=x onerror=zebra>\n```'],
    ['escaped markup', 'zebra \\<b onmouseover=alert(1)\\> & "quotes" \'too\' &lt;i&gt;'],
    ['private-use characters', 'zebra \ue000<\ue001> \uf8ff'],
    ['the control characters that mark words', 'zebra \u0001<b>\u0002 \u001f\u0001zebra\u0002'],
    ['a mark element', '`<mark>zebra</mark>` \\</mark\\>'],
  ])('the highlights of a text with %s are safe HTML', async (_what, hostile) => {
    for (const body of [hostile, `${hostile} ${'and so on '.repeat(100)}`]) {
      const hit = await hitOf({ title: `Zebra <b>"T" & 'x'</b>`, body }, 'zebra');
      for (const html of [hit.snippet, hit.titleHighlighted]) {
        expect(html).toMatch(/<mark>zebra<\/mark>/i);
        const text = html.replaceAll(/<mark>|<\/mark>/g, '');
        for (const character of '<>"\'\u0001\u0002\u001f') expect(text).not.toContain(character);
        expect(html.split('<mark>')).toHaveLength(html.split('</mark>').length);
        expect(html).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
      }
      expect(hit.item.title).toBe(`Zebra <b>"T" & 'x'</b>`);
    }
  });
});

test('a highlighted headline becomes HTML that contains only mark elements', () => {
  expect(toHighlightedHtml('\u0001a\u0002 <b>\n\n& "c" \u001f機\u001f')).toBe(
    '<mark>a</mark> &lt;b&gt; &amp; &quot;c&quot; 機',
  );
  expect(toHighlightedHtml('\u0001機\u0002\u001f\u001f\u0001械\u0002')).toBe('<mark>機械</mark>');
});
