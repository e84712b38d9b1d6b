import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findLosses, findTextFaults } from '../../src/markdown/losses.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';
import { PUBLICATION_FAULTS, WARNINGS } from '../../src/problems/readiness-faults.ts';

const page = await readFile(path.resolve(import.meta.dirname, '../../docs/markdown.md'), 'utf8');
const examples = [...page.matchAll(/```markdown\n(.*?)\n```\n\n```html\n(.*?)\n```/gs)];

test.each(examples.map(([, markdown = '', html = '']) => [markdown, html]))(
  'the example %j in docs/markdown.md is rendered as the page says, without losses',
  (markdown, html) => {
    expect(renderMarkdown(markdown, new Map(), 'a').html).toBe(html);
    expect([...findLosses(markdown), ...findTextFaults(markdown)]).toEqual([]);
  },
);

test('docs/markdown.md has an HTML block after each Markdown block', () => {
  expect(examples.length).toBeGreaterThan(3);
  expect(page.match(/```markdown/g)).toHaveLength(examples.length);
});

test('the table in docs/markdown.md says which faults prevent publication', () => {
  const rows = [...page.matchAll(/^\| (`.*`) \| (yes|no) \|/gm)];
  const codes = rows.flatMap(([, names = '', prevents]) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, code = '']) => ({ code, prevents: prevents === 'yes' })),
  );
  expect(codes.length).toBeGreaterThan(8);
  for (const { code, prevents } of codes) {
    expect(Object.keys(prevents ? PUBLICATION_FAULTS : WARNINGS)).toContain(code);
  }
});
