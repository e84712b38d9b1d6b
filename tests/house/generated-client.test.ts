import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createClient } from '@hey-api/openapi-ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentPath } from '../../src/commands/describe-api.ts';

const run = promisify(execFile);
const tsc = path.resolve(import.meta.dirname, '../../node_modules/.bin/tsc');

const COMPILER_OPTIONS = {
  strict: true,
  noUncheckedIndexedAccess: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  target: 'es2024',
  lib: ['es2024', 'dom'],
  module: 'nodenext',
  types: [],
};

/** What the author of a client writes, and what the types must keep them from. */
const USAGE = `
import { createItem, getIssue, listIssues, publishIssue, readArchive, scheduleIssue, uploadMedia, type Issue } from './client/index.ts';

export async function publishFirstDraft(newsletterId: string): Promise<Issue | undefined> {
  const page = await listIssues({ path: { id: newsletterId }, query: { status: 'draft', limit: 1 } });
  const draft = page.data?.data[0];
  if (!draft) return undefined;
  const { data, error, response } = await getIssue({ path: { id: draft.id } });
  if (error) throw new Error(error.errors?.map(({ pointer, code }) => pointer + ' ' + code).join() ?? error.title);
  const headers = { 'if-match': response?.headers.get('etag') ?? '*' };
  await scheduleIssue({ path: { id: data.id }, headers, body: { local: '2027-01-01T09:00', timeZone: 'UTC' } });
  const published = await publishIssue({ path: { id: data.id }, headers });
  return published.data;
}

export const nextPage = async (id: string): Promise<string | null | undefined> =>
  (await listIssues({ path: { id } })).data?.page.next;
export const upload = () => uploadMedia({ body: { file: new Blob(['x']), alt: '' } });
export const titles = () => readArchive({ path: { slug: 'x' }, query: { fields: ['title'], include: ['sections'] } });

const written = { path: { id: 'x' }, headers: { 'if-match': '*' } };
export const bare = () => createItem({ ...written, body: { kind: 'paper', paperId: 'x' } });
export const note = () => createItem({ ...written, body: { kind: 'note', paperId: null } });
export const revalidated = () =>
  readArchive({ path: { slug: 'x' }, headers: { 'if-none-match': '"x"' } });
// @ts-expect-error Only items of kind paper have a paper.
export const noteWithPaper = () => createItem({ ...written, body: { kind: 'note', paperId: 'x' } });
// @ts-expect-error A time is an instant or a local time.
export const noTime = () => scheduleIssue({ ...written, body: {} });
// @ts-expect-error A time is an instant or a local time.
export const onlyZone = () => scheduleIssue({ ...written, body: { timeZone: 'UTC' } });

// @ts-expect-error Publishing needs If-Match.
export const unconditional = () => publishIssue({ path: { id: 'x' }, body: {} });
// @ts-expect-error Issues have no such status.
export const withdrawn = () => listIssues({ path: { id: 'x' }, query: { status: 'withdrawn' } });
// @ts-expect-error The archive has no such field.
export const unknownField = () => readArchive({ path: { slug: 'x' }, query: { fields: ['body'] } });
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'masthead-client-'));
});

afterAll(() => rm(folder, { recursive: true }));

test('a client that @hey-api/openapi-ts generates from openapi.json type-checks under strict', async () => {
  await createClient({
    input: documentPath,
    output: { path: path.join(folder, 'client'), module: { extension: '.ts' } },
    plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'],
    logs: { level: 'silent', file: false },
  });
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
  await writeFile(path.join(folder, 'usage.ts'), USAGE);

  expect(await check(folder)).toBe('');
});

/** What the compiler finds at fault. */
function check(project: string): Promise<string> {
  return run(tsc, ['--project', project]).then(
    ({ stdout }) => stdout,
    (failure: unknown) =>
      failure instanceof Error && 'stdout' in failure ? String(failure.stdout) : String(failure),
  );
}
