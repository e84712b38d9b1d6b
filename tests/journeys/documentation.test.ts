import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '../..');
const key = 'a-key-of-the-operator-0123456789abcdef';
const database = useTestDatabase();
const nodes = useNodes();
let folder = '';
/** Serves all pages, because a server takes longer to start and load the sample than to run the commands of a page. */
let node: ServerNode;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'masthead-docs-'));
  // The commands use files of the project.
  await symlink(path.join(root, 'src'), path.join(folder, 'src'));
  node = await nodes.start(database.url, {
    environment: { BOOTSTRAP_ADMIN_KEY: key, SAMPLE_CONTENT: 'true' },
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** The shell commands of a page, in order. */
async function readBlocks(file: string): Promise<string> {
  const page = await readFile(path.join(root, file), 'utf8');
  return [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block).join('\n');
}

/** Parses a text that consists of consecutive JSON objects. */
function parseObjects(answers: string): unknown[] {
  return answers.split(/(?<=\})(?=\{)/).map((text) => JSON.parse(text) as unknown);
}

/** Runs the script in a temporary folder, with the address of the node in place of the one on the pages. */
async function paste(script: string): Promise<string> {
  const { stdout } = await run(
    'bash',
    ['--norc', '-euo', 'pipefail', '-c', script.replaceAll('http://127.0.0.1:3000', node.address)],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, MASTHEAD_KEY: key },
    },
  );
  return stdout;
}

test('the curl command in README.md returns the newest issue of the sample', async () => {
  const curl = (await readBlocks('README.md')).split('\n').filter((line) => line.startsWith('curl '));
  expect(curl).toHaveLength(1);
  const issue = JSON.parse(await paste(curl.join('\n')));
  expect(issue).toMatchObject({ number: 26, slug: 'february-2022', next: null });
});

test('the commands in docs/media.md upload, find, crop, replace and delete media files', async () => {
  const documents = parseObjects(await paste(await readBlocks('docs/media.md')));
  expect(documents).toMatchObject([
    { mimeType: 'image/png', alt: expect.stringMatching(/./), credit: { licence: 'CC0-1.0' } },
    { data: [{ tags: ['diagram'], focalPoint: { x: 0.5, y: 0.4 } }] },
    { data: expect.any(Array) },
    { data: expect.any(Array) },
    { mimeType: 'image/svg+xml', alt: 'A teal box', revision: 2 },
  ]);
  const { format } = await sharp(path.join(folder, 'card.png')).metadata();
  expect(format).toBe('png');
});

test('the commands in docs/papers.md import, merge, cite and update papers', async () => {
  const answers = await paste(await readBlocks('docs/papers.md'));
  for (const part of [
    /"data":\[{"id":"[^"]+","title":"Deep Residual Learning for Image Recognition"/,
    /"isDryRun":true,"status":"finished","total":3,"done":3,"counts":{"created":1,"matched":1,"refused":1}/,
    /"isDryRun":false,"status":"finished","total":3,"done":3,"counts":{"created":1,"matched":1,"refused":1}/,
    /"format":"identifiers".*"counts":{"created":1,"matched":0,"refused":0}/,
    /"title":"arXiv:1810.04805".*"incomplete":true/,
    /"scheme":"openreview","value":"resnet2016"/,
    /"featuredTotal":2/,
    /^@inproceedings{/m,
    /"DOI": "10.1109\/cvpr52688.2022.01553"/,
    /^He, K\., Chen, X\., Xie, S\., Li, Y\., Dollár, P\., & Girshick, R\. \(2022\)\. /m,
    /^\[1\] /m,
    /"paperStatuses":\[.*"date": "2026-11-25".*"status": "corrected"/,
  ]) {
    expect.soft(answers).toMatch(part);
  }
});

test('the commands in docs/reading.md return every kind of public response', async () => {
  const answers = await paste(await readBlocks('docs/reading.md'));
  for (const part of [
    /^{"slug" : "one-epoch"/,
    /}304$/m,
    /{"data":\[{"slug":"one-epoch","title":"One Epoch"}\]/,
    /"latestIssue":{"id"/,
    /<mark>/,
    /"correctedQuery":"transformer/,
    /@\w+\{li2022blip,$/m,
    /^Li, J\., .*\(2022\)/m,
    /^TY {2}- /m,
    /^J\. Li, .*2022/m,
    /“.*” One Epoch/,
    /"container-title": "One Epoch"/,
    /"item" : null/,
    /"anchor" : "/,
    /"count":\d+,"newest":"[^"]+","domain":"/,
    /"count":\d+,"newest":"[^"]+","paper":{/,
    /<rss /,
    /<feed /,
    /"version":"https:\/\/jsonfeed.org\/version\/1.1"/,
    /<urlset /,
    /<sitemapindex /,
    /"@type":"PublicationIssue"/,
    /"type":"published"/,
    /"isLast":true/,
  ]) {
    expect.soft(answers).toMatch(part);
  }
});

test('the commands in docs/walkthrough.md schedule, publish, correct and withdraw an issue, and follow its events', async () => {
  const answers = await paste(await readBlocks('docs/walkthrough.md'));
  expect(parseObjects(answers).slice(1)).toMatchObject([
    { ready: true, problems: [] },
    { status: 'scheduled' },
    { title: 'Hello, reader', subtitle: 'Number one', edition: 1 },
    { title: 'Hello, readers', status: 'published' },
    { status: 'published', publication: { edition: 2, hasUnpublishedChanges: false } },
    { title: 'Hello, readers', edition: 2 },
    { status: 'draft', publication: null },
    {
      data: [
        { version: 2, isLive: false },
        { version: 1, isLive: false },
      ],
    },
    {
      data: [{ type: 'newsletter.created' }, { type: 'issue.created' }, { type: 'issue.updated' }],
      page: { isLast: false },
    },
    {
      data: [
        { type: 'issue.scheduled' },
        { type: 'issue.published' },
        { type: 'issue.updated' },
        { type: 'issue.published' },
        { type: 'issue.unpublished' },
      ],
      page: { isLast: true },
    },
  ]);
});
