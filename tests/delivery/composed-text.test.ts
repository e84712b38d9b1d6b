import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeNewsletter, makeReadyIssue, publish, uniqueSlug } from '../support/factories.ts';

const masthead = useMasthead();

const ITEM = { kind: 'note', title: 'One', body: 'A note.' };

/** Both spellings of each tag: Latin, Hangul and Devanagari. */
const TAGS = ['déjà', '한글', 'ஔவை'].map((tag) => ({
  composed: tag.normalize('NFC'),
  decomposed: tag.normalize('NFD'),
}));

describe('tags in two spellings', () => {
  test.each(TAGS)('a tag sent decomposed is found by either spelling: $composed', async (tag) => {
    const { id, slug } = await makeNewsletter(masthead);
    const ofItem = `${tag.decomposed}-item`;
    const sections = [{ title: 'Notes', items: [{ ...ITEM, tags: [ofItem] }] }];
    const issue = await makeReadyIssue(masthead, { newsletterId: id, tags: [tag.decomposed], sections });
    expect(issue.tags).toEqual([tag.composed]);
    await publish(masthead, issue.id);
    const newsletter = `/content/v1/newsletters/${slug}`;
    for (const spelling of [tag.composed, tag.decomposed]) {
      const sent = encodeURIComponent(spelling);
      const archive = await masthead.anonymous.get(`${newsletter}/issues?tag=${sent}`);
      expect.soft(archive.body.data).toMatchObject([{ tags: [tag.composed] }]);
      const uses = await masthead.anonymous.get(`/content/v1/tags/${sent}/uses`);
      expect.soft(uses.body.data).toMatchObject([{ item: null }]);
      const usesOfItem = await masthead.anonymous.get(`/content/v1/tags/${sent}-item/uses`);
      expect.soft(usesOfItem.body.data).toMatchObject([{ item: { title: 'One' } }]);
      const found = await masthead.anonymous.get(`${newsletter}/search?q=note&tag=${sent}-item`);
      expect.soft(found.body.total).toBe(1);
      for (const format of ['atom', 'rss', 'json']) {
        const feed = await masthead.anonymous.get(`${newsletter}/feed.${format}?tag=${sent}`);
        expect.soft(JSON.stringify(feed.body), format).toContain(issue.title);
      }
    }
  });

  test('two spellings of a tag in one list are the same tag twice', async () => {
    const { id } = await makeNewsletter(masthead);
    const author = masthead.as('author');
    const url = `/admin/v1/newsletters/${id}/issues`;
    for (const { composed, decomposed } of TAGS) {
      const tags = [composed, decomposed];
      const bodies = [{ tags }, { sections: [{ title: 'Notes', items: [{ ...ITEM, tags }] }] }];
      for (const body of bodies) {
        const answer = await author.post(url, body);
        expect.soft(answer.status).toBe(400);
        expect.soft(JSON.stringify(answer.body.errors)).toContain('must not contain a tag twice');
      }
    }
  });

  test('a tag may be as long as allowed once it is composed', async () => {
    const tag = 'é'.repeat(60);
    const issue = await makeReadyIssue(masthead, { tags: [tag.normalize('NFD')] });
    expect(issue.tags).toEqual([tag]);
  });

  test('media files are found by either spelling of a tag', async () => {
    const media = await makeMedia(masthead);
    const tag = uniqueSlug('déjà');
    const author = masthead.as('author');
    const changed = await author.patch(`/admin/v1/media/${media.id}`, { tags: [tag.normalize('NFD')] });
    expect(changed.body.tags).toEqual([tag.normalize('NFC')]);
    for (const form of ['NFC', 'NFD']) {
      const { body } = await author.get(`/admin/v1/media?tag=${encodeURIComponent(tag.normalize(form))}`);
      expect(body.data).toMatchObject([{ id: media.id }]);
    }
  });
});

describe('anchors in two spellings', () => {
  test('an item is cited by either spelling of its anchor', async () => {
    const { id, slug } = await makeNewsletter(masthead);
    const sections = [{ title: 'Notes', items: [{ ...ITEM, title: '한글 새소식' }] }];
    const issue = await makeReadyIssue(masthead, { newsletterId: id, sections });
    await publish(masthead, issue.id);
    const items = `/content/v1/newsletters/${slug}/issues/1/items`;
    for (const form of ['NFC', 'NFD']) {
      const anchor = encodeURIComponent('한글-새소식'.normalize(form));
      const { status, body } = await masthead.anonymous.get(`${items}/${anchor}/citation`);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain('"한글 새소식"');
    }
  });

  test('an anchor that went out decomposed stays, and is cited by either spelling', async () => {
    const { id, slug } = await makeNewsletter(masthead);
    const sections = [{ title: 'Notes', items: [{ ...ITEM, title: '한글' }] }];
    const issue = await makeReadyIssue(masthead, { newsletterId: id, sections });
    const out = '한글'.normalize('NFD');
    await masthead.database.pool.query(
      'UPDATE items SET anchor = $1 FROM sections WHERE sections.id = section_id AND issue_id = $2',
      [out, issue.id],
    );
    await publish(masthead, issue.id);
    const address = `/content/v1/newsletters/${slug}/issues/1`;
    const { body } = await masthead.anonymous.get(address);
    expect(body.sections[0].items[0].anchor).toBe(out);
    for (const anchor of [out, '한글']) {
      const cited = await masthead.anonymous.get(`${address}/items/${encodeURIComponent(anchor)}/citation`);
      expect(cited.status).toBe(200);
    }
  });
});
