import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { useNodes } from '../support/nodes.ts';

const executablePath = '/usr/bin/chromium';
/** Chromium starts slowly on a busy machine. */
const key = 'a-key-for-the-tests-of-a-browser';
const figure = path.resolve(import.meta.dirname, '../../src/sample/figures/ml-system.png');

const database = useTestDatabase();
const nodes = useNodes();

describe.skipIf(!existsSync(executablePath))('figures in a browser (need Debian’s chromium)', () => {
  let browser: Browser;
  let pool: pg.Pool;
  let html = '';

  beforeAll(async () => {
    pool = new pg.Pool({ connectionString: database.url });
    browser = await chromium.launch({
      executablePath,
      // In a container Chromium may not create its sandbox and has no internet access.
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
    html = await publishFigure();
  });
  afterAll(async () => {
    await browser.close();
    await nodes.killAll();
    await pool.end();
  });

  test('a figure shows the original image before its renditions exist', async () => {
    expect(await show({ width: 390, height: 844 }, 2)).toMatchObject({ isShown: true, alt: 'Many blocks' });
  });

  test.each([
    { name: 'a phone', viewport: { width: 390, height: 844 }, scale: 3 },
    { name: 'a small phone', viewport: { width: 320, height: 640 }, scale: 1 },
    { name: 'a desktop', viewport: { width: 1440, height: 900 }, scale: 1 },
    { name: 'a high-resolution desktop', viewport: { width: 1440, height: 900 }, scale: 2 },
  ])('a browser on $name loads the smallest rendition that is sharp', async ({ viewport, scale }) => {
    await expect.poll(countDue).toBe(0);
    const image = await show(viewport, scale);
    expect(image.isShown).toBe(true);
    const [, loaded = '0'] = /\.(\d+)\.avif$/.exec(image.currentSrc) ?? [];
    const needed = image.cssWidth * scale;
    const offered = [320, 640, 960, 1200];
    const smallestSharp = offered.find((width) => width >= needed) ?? 1200;
    expect(Number(loaded)).toBe(smallestSharp);
  });

  /** Shows the HTML on a page with minimal styles, as a frontend would. */
  async function show(viewport: { width: number; height: number }, scale: number) {
    const context = await browser.newContext({ viewport, deviceScaleFactor: scale });
    try {
      const page = await context.newPage();
      await page.setContent(
        `<meta name="viewport" content="width=device-width"><style>body{max-width:45rem;margin:0 auto}figure{margin:0}img{max-width:100%;height:auto}</style>${html}`,
        { waitUntil: 'networkidle' },
      );
      return await page.locator('img').evaluate(async (element) => {
        const image = element as unknown as {
          alt: string;
          currentSrc: string;
          naturalWidth: number;
          clientWidth: number;
          decode(): Promise<void>;
        };
        await image.decode();
        const { alt, currentSrc, naturalWidth, clientWidth } = image;
        return { alt, currentSrc, isShown: naturalWidth > 0, cssWidth: clientWidth };
      });
    } finally {
      await context.close();
    }
  }

  async function countDue(): Promise<number> {
    const { rows } = await pool.query('SELECT count(*) FROM media_files WHERE renditions_due_at IS NOT NULL');
    return Number(rows[0].count);
  }

  /** Publishes an item with one figure of 1200 pixels and returns its HTML from the Content API. */
  async function publishFigure(): Promise<string> {
    const node = await nodes.start(database.url, { environment: { BOOTSTRAP_ADMIN_KEY: key } });
    const ask = async (method: string, address: string, body: FormData | string) => {
      const json = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
      const headers = { authorization: `Bearer ${key}`, 'if-match': '*', ...json };
      const answer = await fetch(`${node.address}/admin/v1${address}`, { method, headers, body });
      expect(answer.ok).toBe(true);
      return (await answer.json()) as { id: string };
    };
    const form = new FormData();
    form.append('alt', 'Many blocks');
    form.append('file', new File([await readFile(figure)], 'ml-system.png'));
    const media = await ask('POST', '/media', form);
    const newsletter = await ask('POST', '/newsletters', JSON.stringify({ slug: 'letter', title: 'Letter' }));
    const item = { kind: 'note', title: 'A figure', body: `![](media:${media.id})` };
    const sections = [{ title: 'Notes', items: [item] }];
    const issue = await ask(
      'POST',
      `/newsletters/${newsletter.id}/issues`,
      JSON.stringify({ title: 'One', sections }),
    );
    await ask('PUT', `/issues/${issue.id}/publication`, '{}');
    const edition = await fetch(`${node.address}/content/v1/newsletters/letter/issues/latest`);
    const document = (await edition.json()) as { sections: [{ items: [{ body: { html: string } }] }] };
    // The node listens at a random port, but its configured port 0 is in the addresses that it writes.
    return document.sections[0].items[0].body.html.replaceAll('http://127.0.0.1:0', node.address);
  }
});
