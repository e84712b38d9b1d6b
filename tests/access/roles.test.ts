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

/** The least role that may; `anyone` needs no key. An operation that the document has and this lacks fails. */
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
const guarded = Object.entries(MAY_CALL).flatMap(([id, role]) =>
  role === 'anyone' ? [] : [[id, role] as const],
);
const open = Object.keys(MAY_CALL).filter((id) => MAY_CALL[id] === 'anyone');

const madeUp = { id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11' };

/** A secret for each role. */
let keys: Record<string, string>;
/** What nobody should be served for; undefined is no key at all. */
let badKeys: Record<string, string | undefined>;

beforeAll(async () => {
  const makeKey = async (name: string, role: Role) =>
    (await masthead.as('admin').post('/admin/v1/api-keys', { name, role })).body;
  const made = await Promise.all(ROLES.map(async (role) => [role, (await makeKey(role, role)).secret]));
  keys = Object.fromEntries(made);
  const [expired, revoked] = [await makeKey('expired', 'admin'), await makeKey('revoked', 'admin')];
  const past = new Date(Date.now() - 1);
  await masthead.database.prisma.apiKey.update({ where: { id: expired.id }, data: { expiresAt: past } });
  await masthead.as('admin').delete(`/admin/v1/api-keys/${revoked.id}`);
  badKeys = {
    none: undefined,
    expired: expired.secret,
    revoked: revoked.secret,
    garbage: `mh_${'x'.repeat(43)}`,
    malformed: '\t"',
  };
});

function clientOf(secret: string | undefined): Client {
  return secret === undefined ? masthead.anonymous : masthead.withKey(secret);
}

test('the table has every operation of the document, with its role, and no other', async () => {
  const documented = (await operationsOf(masthead)).map(({ id, role }) => [id, role ?? 'anyone']);
  expect(Object.fromEntries(documented)).toEqual(MAY_CALL);
  expect(documented).toHaveLength(Object.keys(MAY_CALL).length);
});

describe.each(guarded)('%s, from %s on,', (id, least) => {
  test('is a 401 without a key that is good', async () => {
    const operation = await findOperation(masthead, id);
    const count = await masthead.database.prisma.event.count();
    for (const [fault, secret] of Object.entries(badKeys)) {
      const answer = await call(clientOf(secret), operation, madeUp);
      expect.soft(answer, fault).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': expect.stringMatching(/^Bearer/), 'cache-control': 'no-store' },
        body: { type: 'urn:masthead:problem:unauthenticated', status: 401 },
      });
    }
    expect(await masthead.database.prisma.event.count()).toBe(count);
  });

  test.each(ROLES)('to a key of role %s', async (role) => {
    const operation = await findOperation(masthead, id);
    const answer = await call(clientOf(keys[role]), operation, madeUp);
    const mayCall = ROLES.indexOf(role) >= ROLES.indexOf(least);
    if (mayCall) expect([200, 400, 404, 415]).toContain(answer.status);
    else
      expect(answer).toMatchObject({
        status: 403,
        headers: { 'cache-control': 'no-store' },
        body: { type: 'urn:masthead:problem:role-too-low', needed: least },
      });
  });
});

test('HEAD is answered as GET is, without the body', async () => {
  const operations = (await operationsOf(masthead)).filter(
    ({ method, role }) => method === 'GET' && role !== null,
  );
  expect(operations).not.toHaveLength(0);
  for (const { id, path } of operations) {
    for (const [name, secret] of Object.entries({ ...keys, ...badKeys })) {
      const url = path.replace('{id}', madeUp.id);
      const headers = secret === undefined ? {} : { authorization: `Bearer ${secret}` };
      const get = await masthead.app.inject({ method: 'GET', url, headers });
      const head = await masthead.app.inject({ method: 'HEAD', url, headers });
      const expected = { status: get.statusCode, headers: { ...get.headers, date: '' }, body: '' };
      const described = { status: head.statusCode, headers: { ...head.headers, date: '' }, body: head.body };
      expect.soft(described, `${id} to ${name}`).toEqual(expected);
    }
  }
});

describe.each(open)('%s, open to anyone,', (id) => {
  test('answers without a key, and a key changes nothing', async () => {
    const operation = await findOperation(masthead, id);
    const parameters = await publishSomething();
    const describeAnswer = async (secret: string | undefined) => {
      const { status, headers, body } = await call(clientOf(secret), operation, parameters);
      return { status, headers: { ...headers, date: '' }, body };
    };
    const expected = await describeAnswer(undefined);
    expect(expected).toMatchObject({ status: 200 });
    for (const [name, secret] of Object.entries({ ...keys, ...badKeys })) {
      expect.soft(await describeAnswer(secret), name).toEqual(expected);
    }
  });
});

/** Parameters with which every open operation finds something. */
async function publishSomething(): Promise<Record<string, string>> {
  const newsletter = await makeNewsletter(masthead);
  // By one slug, as the operations on either are called with it.
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
