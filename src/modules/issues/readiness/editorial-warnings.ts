import type { Context } from '../../../context.ts';
import { toPointer } from '../../../errors.ts';
import { findEarlierLinks, findEarlierPapers } from '../../publications/earlier-uses.ts';
import type { ResolvedFigure } from '../figures/resolve-figures.ts';
import type { IssueTexts } from '../tree/issue-texts.ts';
import type { IssueTree } from '../tree/load-issue.ts';
import { countWords } from '../tree/word-count.ts';
import type { CheckedIssue } from './checked-issue.ts';
import { warnOfLosses } from './markup-warnings.ts';
import { warnOfPapers } from './paper-warnings.ts';
import type { Obstacle } from './publishable.ts';

/** Warnings for the editor. None of them prevents publishing. */
export async function findWarnings(
  ctx: Context,
  issue: IssueTree,
  texts: IssueTexts,
  checked: CheckedIssue,
): Promise<Obstacle[]> {
  const mentions = findMentions(checked);
  return [
    ...warnOfLength(issue, texts),
    ...warnOfLosses(checked),
    ...warnOfMissingCredits(checked),
    ...warnOfPapers(issue),
    ...warnOfRepeats(mentions),
    ...(await warnOfEarlierIssues(ctx, issue, mentions)),
  ];
}

function warnOfLength(issue: IssueTree, texts: IssueTexts): Obstacle[] {
  const { lengthTarget, lengthTolerance } = issue.newsletter;
  if (lengthTarget === null) return [];
  const words = countWords(issue, texts);
  const off = words - lengthTarget;
  if (Math.abs(off) <= (lengthTolerance ?? 0)) return [];
  const message = `has ${words} words; the newsletter’s target is ${lengthTarget}, plus or minus ${lengthTolerance ?? 0}`;
  const remedy = off > 0 ? 'Shorten it, or leave it as it is.' : 'Write more, or leave it as it is.';
  return [{ pointer: '', code: 'length_off_target', message, remedy }];
}

function warnOfMissingCredits({ cover, intro, signOff, sections }: CheckedIssue): Obstacle[] {
  const placed = (text: CheckedIssue['intro'], path: PropertyKey[]) =>
    text.placed.flatMap(({ figure }) => (figure ? warnOfCredit(figure, path) : []));
  return [
    ...(cover ? warnOfCredit(cover, ['cover']) : []),
    ...placed(intro, ['intro']),
    ...sections.flatMap((section, at) => [
      ...placed(section.intro, ['sections', at, 'intro']),
      ...section.items.flatMap((item, index) => {
        const path = ['sections', at, 'items', index];
        const listed = new Set(item.figures.map((figure) => figure.media.id));
        const unlisted = item.body.placed.filter(({ figure }) => figure && !listed.has(figure.media.id));
        return [
          ...item.figures.flatMap((figure, n) => warnOfCredit(figure, [...path, 'figures', n])),
          ...placed({ ...item.body, placed: unlisted }, [...path, 'body']),
        ];
      }),
    ]),
    ...placed(signOff, ['signOff']),
  ];
}

function warnOfCredit({ credit }: ResolvedFigure, path: PropertyKey[]): Obstacle[] {
  if (credit) return [];
  const message = 'has a figure without a credit';
  return [
    {
      pointer: toPointer(path),
      code: 'credit_missing',
      message,
      remedy: 'Name the creator on the figure or on its media file.',
    },
  ];
}

/** A paper or a link in the issue, and its place there. */
type Mention = { kind: 'paper' | 'link'; target: string; pointer: string };

function findMentions({ sections }: CheckedIssue): Mention[] {
  return sections.flatMap((section, at) =>
    section.items.flatMap((item, index) => {
      const path = ['sections', at, 'items', index];
      const links = item.links.map(
        ({ url }, n): Mention => ({
          kind: 'link',
          target: url,
          pointer: toPointer([...path, 'links', n, 'url']),
        }),
      );
      if (item.paperId === null) return links;
      return [...links, { kind: 'paper', target: item.paperId, pointer: toPointer([...path, 'paperId']) }];
    }),
  );
}

function warnOfRepeats(mentions: readonly Mention[]): Obstacle[] {
  const first = new Map<string, Mention>();
  return mentions.flatMap((mention) => {
    const earlier = first.get(mention.target);
    if (!earlier) {
      first.set(mention.target, mention);
      return [];
    }
    const message = `repeats the ${mention.kind} at ${earlier.pointer}`;
    return [
      { pointer: mention.pointer, code: `${mention.kind}_repeated`, message, remedy: 'Keep one of them.' },
    ];
  });
}

async function warnOfEarlierIssues(
  ctx: Context,
  issue: IssueTree,
  mentions: readonly Mention[],
): Promise<Obstacle[]> {
  const targets = (kind: Mention['kind']) =>
    mentions.filter((mention) => mention.kind === kind).map(({ target }) => target);
  const { newsletterId, publication } = issue;
  const scope = { newsletterId, publishedAt: publication?.publishedAt ?? null };
  const papers = await findEarlierPapers(ctx, scope, targets('paper'));
  const links = await findEarlierLinks(ctx, scope, targets('link'));
  return mentions.flatMap(({ kind, target, pointer }) => {
    const earlier = (kind === 'paper' ? papers : links).get(target);
    if (!earlier) return [];
    const message = `repeats a ${kind} that issue ${earlier.number}, “${earlier.title}”, featured`;
    return [
      {
        pointer,
        code: `${kind}_featured_before`,
        message,
        remedy: 'Leave it out, or tell readers what is new.',
      },
    ];
  });
}
