import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';

const executablePath = '/usr/bin/chromium';
const key = 'a-key-for-the-tests-of-a-browser';
const database = useTestDatabase();
const nodes = useNodes();

describe.skipIf(!existsSync(executablePath))('/docs in a browser (needs Debian’s chromium)', () => {
  let browser: Browser;
  let node: ServerNode;
  let page: Page;
  /** What the page asked other servers for, and what it reported to the console. */
  const faults: string[] = [];

  beforeAll(async () => {
    node = await nodes.start(database.url, { environment: { BOOTSTRAP_ADMIN_KEY: key } });
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${node.address}/`))
        faults.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    // The node listens at a random port, but its configured port 0 is in the addresses that it writes.
    await page.route('**/openapi.json', async (route) => {
      const response = await route.fetch();
      const document = (await response.json()) as object;
      await route.fulfill({ response, json: { ...document, servers: [{ url: node.address }] } });
    });
    await page.goto(`${node.address}/docs`);
  });
  afterAll(async () => {
    await browser.close();
    await nodes.killAll();
  });

  test('an operation is shown with its role and a command for curl', async () => {
    await page.goto(`${node.address}/docs/#tag/workflow/PUT/admin/v1/issues/{id}/schedule`);
    await page.getByText('Schedules a draft, or moves').first().waitFor();
    const shown = await page.locator('body').innerText();
    expect(shown).toContain('role: editor');
    expect(shown).toContain('--request PUT');
  });

  test('an operation can be tried with a key, which the browser does not keep', async () => {
    await page.goto(`${node.address}/docs/#tag/newsletters/GET/admin/v1/newsletters`);
    await page.reload();
    await page.getByPlaceholder('Token').first().fill(key);
    await page.locator('[id$="GET/admin/v1/newsletters"]').getByText('Test Request').first().click();
    const answer = page.waitForResponse(`${node.address}/admin/v1/newsletters**`);
    await page.getByRole('button', { name: /^Send/ }).first().click();
    expect((await answer).status()).toBe(200);
    const stores = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])';
    expect(await page.evaluate(stores)).not.toContain(key);
    expect(await page.evaluate('indexedDB.databases()')).toEqual([]);
  });

  test('nothing is fetched from another server, and nothing breaks the security policy of the page', () => {
    expect(faults).toEqual([]);
  });
});
