import { expect, test } from 'vitest';
import { publishedIssue } from '../../src/modules/delivery/schemas.ts';
import { useMasthead } from '../support/app.ts';
import { makeMp3, makePdf } from '../support/attachments.ts';
import { makeIssue, makeMedia, makeNewsletter, publish } from '../support/factories.ts';

const masthead = useMasthead();

async function publishAndRead(fields: object) {
  const newsletter = await makeNewsletter(masthead);
  const sections = [{ title: 'A', items: [{ kind: 'note', title: 'One', body: 'Words.' }] }];
  const issue = { newsletterId: newsletter.id, title: 'An issue', sections, ...fields };
  await publish(masthead, (await makeIssue(masthead, issue)).id);
  return (await masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}/issues/latest`)).body;
}

test('the attachments of an item are the media files that its body links to, in order and each once', async () => {
  const pdf = await makePdf(masthead);
  const mp3 = await makeMp3(masthead);
  const image = await makeMedia(masthead);
  const shown = await makeMedia(masthead, { alt: 'Shown' });
  const body = `[Hear](media:${mp3.id}), [read](media:${pdf.id}), [see](media:${image.id}), [hear again][m].\n\n![](media:${shown.id})\n\n[m]: media:${mp3.id}`;
  const issue = await publishAndRead({
    sections: [
      {
        title: 'A',
        items: [
          { kind: 'media', title: 'One', body },
          { kind: 'note', title: 'Two', body: 'Words.' },
        ],
      },
    ],
  });
  expect(publishedIssue.parse(issue)).toEqual(issue);
  const [item, other] = issue.sections[0].items;
  expect(other.attachments).toEqual([]);
  expect(item.figures).toMatchObject([{ mediaId: shown.id }]);
  const attachmentOf = ({ id, url, mimeType, size, originalName }: typeof pdf) => ({
    ...{ mediaId: id, url, mimeType, size, originalName },
  });
  expect(item.attachments).toEqual([mp3, pdf, image].map(attachmentOf));
  expect(item.attachments[0]).toMatchObject({ mimeType: 'audio/mpeg', originalName: 'episode.mp3' });
  expect(item.body.markdown).toBe(body);
  expect(item.body.html).toMatch(
    new RegExp(
      `^<p><a href="${mp3.url}">Hear</a>, <a href="${pdf.url}">read</a>, <a href="${image.url}">see</a>, <a href="${mp3.url}">hear again</a>\\.</p>\n<figure><picture>`,
    ),
  );
  for (const { url, mimeType } of item.attachments) {
    const file = await masthead.anonymous.send({ method: 'GET', url: new URL(url).pathname });
    expect(file).toMatchObject({ status: 200, headers: { 'content-type': mimeType } });
  }
});

test('links to media files work in the intro and sign-off of an issue and in the intro of a section', async () => {
  const { id, url } = await makePdf(masthead);
  const text = `[Slides](media:${id})`;
  const { intro, signOff, sections } = await publishAndRead({
    intro: text,
    signOff: text,
    sections: [{ title: 'A', intro: text, items: [{ kind: 'note', title: 'One', body: 'Words.' }] }],
  });
  for (const { html } of [intro, signOff, sections[0].intro]) {
    expect(html).toBe(`<p><a href="${url}">Slides</a></p>`);
  }
});

test('an image that is both listed and linked to is a figure after the body and an attachment', async () => {
  const { id, url } = await makeMedia(masthead, { alt: 'x' });
  const item = {
    kind: 'note',
    title: 'One',
    body: `[Large](media:${id})`,
    figures: [{ mediaId: id, caption: 'C' }],
  };
  const issue = await publishAndRead({ sections: [{ title: 'A', items: [item] }] });
  const [{ body, figures, attachments }] = issue.sections[0].items;
  expect(figures).toMatchObject([{ mediaId: id, caption: 'C' }]);
  expect(attachments).toMatchObject([{ mediaId: id, url }]);
  expect(body.html).toMatch(
    /^<p><a href="[^"]+">Large<\/a><\/p>\n<figure>.*<figcaption>C<\/figcaption><\/figure>$/s,
  );
});

test('a figure can link to its own file and to another one', async () => {
  const { id, url } = await makeMedia(masthead, { alt: 'x' });
  const pdf = await makePdf(masthead);
  for (const [target, href] of [
    [id, url],
    [pdf.id, pdf.url],
  ]) {
    const item = { kind: 'note', title: 'One', body: `[![](media:${id})](media:${target})` };
    const issue = await publishAndRead({ sections: [{ title: 'A', items: [item] }] });
    expect(issue.sections[0].items[0].body.html).toMatch(
      new RegExp(`^<figure><a href="${href}"><picture>.*<img src="${url}".*</picture></a></figure>$`, 's'),
    );
  }
});

test('a media file that a live edition links to cannot be deleted, even if the draft no longer links to it', async () => {
  const { id } = await makePdf(masthead);
  const issue = await publishAndRead({ intro: `[Slides](media:${id})` });
  const anyRevision = { 'if-match': '*' };
  await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { intro: null }, anyRevision);
  const remove = () => masthead.as('author').delete(`/admin/v1/media/${id}`);
  expect(await remove()).toMatchObject({ status: 409, body: { uses: [{ kind: 'edition' }] } });
  await publish(masthead, issue.id);
  expect((await remove()).status).toBe(204);
});
