import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/lib/roles.ts';
import { type Client, useMasthead } from '../support/app.ts';
import {
  makeMedia,
  makeNewsletter,
  makePaper,
  makePerson,
  makeReadyIssue,
  publish,
} from '../support/factories.ts';
import { call, findOperation, operationsOf } from './operations.ts';

const masthead = useMasthead();

/** The lowest role that may call each operation; `anyone` needs no key. A test fails if the document has an operation that this table lacks. */
const MAY_CALL: Record<string, Role | 'anyone'> = {
  createNewsletter: 'admin',
  listNewsletters: 'viewer',
  getNewsletter: 'viewer',
  updateNewsletter: 'admin',
  deleteNewsletter: 'admin',
  createPerson: 'admin',
  listPeople: 'viewer',
  getPerson: 'viewer',
  updatePerson: 'admin',
  deletePerson: 'admin',
  createPaper: 'author',
  listPapers: 'viewer',
  getPaper: 'viewer',
  updatePaper: 'author',
  deletePaper: 'author',
  mergePapers: 'editor',
  importPapers: 'author',
  listPaperImports: 'viewer',
  getPaperImport: 'viewer',
  listPaperImportRecords: 'viewer',
  uploadMedia: 'author',
  listMedia: 'viewer',
  getMedia: 'viewer',
  updateMedia: 'author',
  importMedia: 'author',
  listMediaUses: 'viewer',
  replaceMediaFile: 'author',
  deleteMedia: 'author',
  createIssue: 'author',
  listIssues: 'viewer',
  getIssue: 'viewer',
  updateIssue: 'author',
  deleteIssue: 'author',
  replaceContent: 'author',
  createSection: 'author',
  updateSection: 'author',
  deleteSection: 'author',
  orderSections: 'author',
  createItem: 'author',
  updateItem: 'author',
  deleteItem: 'author',
  moveItem: 'author',
  getReadiness: 'viewer',
  scheduleIssue: 'editor',
  unscheduleIssue: 'editor',
  publishIssue: 'editor',
  unpublishIssue: 'editor',
  listEditions: 'viewer',
  getEdition: 'viewer',
  createApiKey: 'admin',
  listApiKeys: 'admin',
  deleteApiKey: 'admin',
  listEvents: 'viewer',
  readNewsletters: 'anyone',
  readNewsletter: 'anyone',
  readArchive: 'anyone',
  readIssue: 'anyone',
  readPaper: 'anyone',
  readRssFeed: 'anyone',
  readAtomFeed: 'anyone',
  readJsonFeed: 'anyone',
  readSitemapIndex: 'anyone',
  readSitemap: 'anyone',
  readJsonLd: 'anyone',
  readIssuePapers: 'anyone',
  readIssueCitation: 'anyone',
  readItemCitation: 'anyone',
  readChanges: 'anyone',
  searchNewsletter: 'anyone',
  searchAll: 'anyone',
  readPaperUses: 'anyone',
  readPersonUses: 'anyone',
  readTagUses: 'anyone',
  readDomainUses: 'anyone',
  readMostFeatured: 'anyone',
  readMostFeaturedOfNewsletter: 'anyone',
  readMediaFile: 'anyone',
  getLiveness: 'anyone',
  getReadinessOfNode: 'anyone',
};
const protectedOperations = Object.entries(MAY_CALL).flatMap(([id, role]) =>
  role === 'anyone' ? [] : [[id, role] as const],
);
const publicOperations = Object.keys(MAY_CALL).filter((id) => MAY_CALL[id] === 'anyone');

const unknownRecord = { id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11' };

/** One secret per role. */
let keys: Record<string, string>;
/** Secrets that must be rejected; `undefined` means no key at all. */
let invalidKeys: Record<string, string | undefined>;

beforeAll(async () => {
  const makeKey = async (name: string, role: Role) =>
    (await masthead.as('admin').post('/admin/v1/api-keys', { name, role })).body;
  const made = await Promise.all(ROLES.map(async (role) => [role, (await makeKey(role, role)).secret]));
  keys = Object.fromEntries(made);
  const [expired, revoked] = [await makeKey('expired', 'admin'), await makeKey('revoked', 'admin')];
  const past = new Date(Date.now() - 1);
  await masthead.database.prisma.apiKey.update({ where: { id: expired.id }, data: { expiresAt: past } });
  await masthead.as('admin').delete(`/admin/v1/api-keys/${revoked.id}`);
  invalidKeys = {
    none: undefined,
    expired: expired.secret,
    revoked: revoked.secret,
    garbage: `mh_${'x'.repeat(43)}`,
    malformed: '\t"',
  };
});

let peers = 0;

/** Another peer each time, since the answers to many wrong keys of one peer are delayed. */
function nextPeer(): string {
  peers += 1;
  return `10.0.${peers >> 8}.${peers & 255}`;
}

function clientOf(secret: string | undefined): Client {
  return secret === undefined ? masthead.anonymous : masthead.withKey(secret, nextPeer());
}

test('the table lists exactly the operations of the OpenAPI document, with their roles', async () => {
  const documented = (await operationsOf(masthead)).map(({ id, role }) => [id, role ?? 'anyone']);
  expect(Object.fromEntries(documented)).toEqual(MAY_CALL);
  expect(documented).toHaveLength(Object.keys(MAY_CALL).length);
});

describe.each(protectedOperations)('%s, which needs at least the %s role', (id, least) => {
  test('a request without a valid key returns 401', async () => {
    const operation = await findOperation(masthead, id);
    const count = await masthead.database.prisma.event.count();
    for (const [fault, secret] of Object.entries(invalidKeys)) {
      const answer = await call(clientOf(secret), operation, unknownRecord);
      expect.soft(answer, fault).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': expect.stringMatching(/^Bearer/), 'cache-control': 'no-store' },
        body: { type: 'http://masthead.test/problems/unauthenticated', status: 401 },
      });
    }
    expect(await masthead.database.prisma.event.count()).toBe(count);
  });

  test.each(ROLES)('a key with the %s role is accepted or rejected according to its role', async (role) => {
    const operation = await findOperation(masthead, id);
    const answer = await call(clientOf(keys[role]), operation, unknownRecord);
    const mayCall = ROLES.indexOf(role) >= ROLES.indexOf(least);
    if (mayCall) expect([200, 400, 404, 415]).toContain(answer.status);
    else
      expect(answer).toMatchObject({
        status: 403,
        headers: { 'cache-control': 'no-store' },
        body: { type: 'http://masthead.test/problems/role-too-low', needed: least },
      });
  });
});

test('HEAD returns the status and headers of GET, without a body', async () => {
  const operations = (await operationsOf(masthead)).filter(
    ({ method, role }) => method === 'GET' && role !== null,
  );
  expect(operations).not.toHaveLength(0);
  for (const { id, path } of operations) {
    for (const [name, secret] of Object.entries({ ...keys, ...invalidKeys })) {
      const url = path.replace('{id}', unknownRecord.id);
      const headers = secret === undefined ? {} : { authorization: `Bearer ${secret}` };
      const from = { url, headers, remoteAddress: nextPeer() };
      const get = await masthead.app.inject({ ...from, method: 'GET' });
      const head = await masthead.app.inject({ ...from, method: 'HEAD' });
      const expected = { status: get.statusCode, headers: { ...get.headers, date: '' }, body: '' };
      const described = { status: head.statusCode, headers: { ...head.headers, date: '' }, body: head.body };
      expect.soft(described, `${id} to ${name}`).toEqual(expected);
    }
  }
});

describe.each(publicOperations)('%s, which needs no key', (id) => {
  test('the response is the same without a key and with any key, valid or not', async () => {
    const operation = await findOperation(masthead, id);
    const parameters = await publishSomething();
    const describeAnswer = async (secret: string | undefined) => {
      const { status, headers, body } = await call(clientOf(secret), operation, parameters);
      return { status, headers: { ...headers, date: '' }, body };
    };
    const expected = await describeAnswer(undefined);
    expect(expected).toMatchObject({ status: 200 });
    for (const [name, secret] of Object.entries({ ...keys, ...invalidKeys })) {
      expect.soft(await describeAnswer(secret), name).toEqual(expected);
    }
  });
});

/** Publishes an issue and returns parameters for which every public operation returns 200. */
async function publishSomething(): Promise<Record<string, string>> {
  const newsletter = await makeNewsletter(masthead);
  // Both get the same slug, because operations on either use the same parameter.
  const author = await makePerson(masthead, { slug: newsletter.slug });
  const paper = await makePaper(masthead);
  const items = [{ kind: 'paper', title: 'A paper', body: 'It matters.', paperId: paper.id }];
  const issue = await makeReadyIssue(masthead, {
    newsletterId: newsletter.id,
    authorIds: [author.id],
    sections: [{ title: 'Papers', items }],
  });
  await publish(masthead, issue.id);
  const { url } = await makeMedia(masthead);
  return {
    id: paper.id,
    slug: newsletter.slug,
    issue: 'latest',
    anchor: 'a-paper',
    fileName: url.split('/').at(-1),
    q: 'paper',
    tag: 'vision',
    domain: 'example.org',
    kind: 'papers',
    period: '2026',
  };
}
