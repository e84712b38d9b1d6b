import type { Context } from '../../../context.ts';
import { withDirection } from '../../../markdown/direction.ts';
import { type Placement, renderText } from '../../../markdown/read-text.ts';
import { resolveByMedia } from '../../issues/figures/resolve-figures.ts';
import { notReady, tooSlow } from '../../issues/readiness/publishable.ts';
import type { FigureTree, IssueTree, ItemTree, SectionTree } from '../../issues/tree/load-issue.ts';
import { isImageType } from '../../media/files/file-types.ts';
import { TEXT_ANCHORS } from './anchors.ts';
import { composeFigure } from './compose-media.ts';
import type { PublishedItem } from './edition-schemas.ts';
import { storedMediaAddress } from './media-address.ts';

/** The part of an issue that a text belongs to: the intro or the sign-off of the issue, a section or an item. */
type Owner = 'intro' | 'signOff' | SectionTree | ItemTree;

/** The texts of an issue as readers get them. Null for an owner without a text. */
export type RenderedTexts = { of(owner: Owner): PublishedItem['body'] };

type PlacedText = {
  owner: Owner;
  path: PropertyKey[];
  markdown: string;
  figures: readonly FigureTree[];
  /** Makes the ids of footnotes unique in the issue. */
  anchor: string;
  headingLevel: Placement['place']['headingLevel'];
};

/** Renders all texts of the issue. Throws an error that names every text that takes too long. */
export async function renderTexts(
  ctx: Context,
  issue: IssueTree,
  anchors: ReadonlyMap<string, string>,
): Promise<RenderedTexts> {
  const rendered = await Promise.all(
    placedTextsOf(issue, anchors).map(async (text) => {
      return {
        ...text,
        html: await renderText(ctx, text.markdown, placementOf(text, issue.newsletter.language)),
      };
    }),
  );
  const slow = rendered.filter(({ html }) => html === null);
  if (slow.length > 0) throw notReady(slow.map(({ path }) => tooSlow(path)));
  const { language } = issue.newsletter;
  const byOwner = new Map(
    rendered.map(({ owner, markdown, html }) => [
      owner,
      { markdown, html: withDirection(html ?? '', language) },
    ]),
  );
  return { of: (owner) => byOwner.get(owner) ?? null };
}

function placedTextsOf(issue: IssueTree, anchors: ReadonlyMap<string, string>): PlacedText[] {
  const { intro, signOff, figures, sections } = issue;
  const texts = [
    {
      owner: 'intro' as const,
      path: ['intro'],
      markdown: intro,
      figures,
      anchor: TEXT_ANCHORS.intro,
      headingLevel: 2 as const,
    },
    ...sections.flatMap((section, at) => [
      {
        owner: section,
        path: ['sections', at, 'intro'],
        markdown: section.intro,
        figures: section.figures,
        anchor: `section-${section.id}`,
        headingLevel: 3 as const,
      },
      ...section.items.map((item, index) => ({
        owner: item,
        path: ['sections', at, 'items', index, 'body'],
        markdown: item.body,
        figures: item.figures,
        anchor: anchors.get(item.id) ?? item.id,
        headingLevel: 4 as const,
      })),
    ]),
    {
      owner: 'signOff' as const,
      path: ['signOff'],
      markdown: signOff,
      figures,
      anchor: TEXT_ANCHORS.signOff,
      headingLevel: 2 as const,
    },
  ];
  return texts.flatMap(({ markdown, ...text }) => (markdown === null ? [] : [{ ...text, markdown }]));
}

/** Listed and placed figures alike: a text may show or link to any of them. */
function placementOf({ figures, anchor, headingLevel }: PlacedText, language: string): Placement {
  const known = [...resolveByMedia(figures)];
  const images = known.filter(([, { media }]) => isImageType(media.file.mimeType));
  return {
    anchor,
    place: { headingLevel, language },
    figures: new Map(images.map(([id, figure]) => [id, composeFigure(figure)])),
    addresses: new Map(known.map(([id, { media }]) => [id, storedMediaAddress(media.file.fileName)])),
  };
}
