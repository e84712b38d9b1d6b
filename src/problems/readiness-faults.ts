/** Faults that keep an issue from being scheduled or published. `pointer` is into the issue. */
export const PUBLICATION_FAULTS = {
  title_missing: {
    meaning: 'The issue or the item has no title.',
    cure: 'Give it a title.',
  },
  sections_missing: {
    meaning: 'The issue has no sections.',
    cure: 'Add a section with an item.',
  },
  items_missing: {
    meaning: 'The section has no items.',
    cure: 'Add an item, or delete the section.',
  },
  body_or_link_missing: {
    meaning: 'The item has neither a body nor a link.',
    cure: 'Write a body, or add a link.',
  },
  link_not_http: {
    meaning: 'The link is not an `http` or `https` address.',
    cure: 'Write the whole address, as in `https://example.org/page`.',
  },
  paper_missing: {
    meaning: 'The item is of kind `paper` but does not refer to a paper.',
    cure: 'Set `paperId`, or choose another kind.',
  },
  media_missing: {
    meaning: 'The text shows or links to media that does not exist.',
    cure: 'Upload the media, or remove the image or link.',
  },
  media_not_image: {
    meaning: 'A figure shows media that is not an image.',
    cure: 'Link to the media instead, as in `[Slides](media:<id>)`.',
  },
  alt_missing: {
    meaning: 'A figure has no alt text, and neither has its media.',
    cure: 'Write one on the figure or on its media. An empty text marks the image as decorative.',
  },
  text_too_complex: {
    meaning: 'The Markdown is too complex to be rendered.',
    cure: 'Split very long paragraphs, tables or nested lists.',
  },
  too_long: {
    meaning: 'The texts of the issue are too long together.',
    cure: 'Move a part of them to another issue.',
  },
  too_many_images: {
    meaning: 'The issue shows too many images.',
    cure: 'Move some of them to another issue.',
  },
} as const;

/** Warnings of the readiness check. They do not keep an issue from being published. */
export const WARNINGS = {
  length_off_target: {
    meaning: 'The issue is longer or shorter than the length that the newsletter aims at.',
    cure: 'Shorten or extend the issue, or leave it.',
  },
  credit_missing: {
    meaning: 'A figure has no credit, and neither has its media.',
    cure: 'State on the figure or on its media who made the image.',
  },
  paper_repeated: {
    meaning: 'Two items of the issue refer to the same paper.',
    cure: 'Keep one of them.',
  },
  link_repeated: {
    meaning: 'Two links of the issue lead to the same address.',
    cure: 'Keep one of them.',
  },
  paper_featured_before: {
    meaning: 'An earlier issue of the newsletter featured the paper.',
    cure: 'Leave the paper out, or write what is new about it.',
  },
  link_featured_before: {
    meaning: 'An earlier issue of the newsletter featured the link.',
    cure: 'Leave the link out, or write what is new about it.',
  },
  paper_retracted: {
    meaning: 'The paper was retracted.',
    cure: 'Leave the paper out, or mention the retraction.',
  },
  paper_incomplete: {
    meaning: 'Little more than the identifier of the paper is known.',
    cure: 'Wait until its metadata was looked up, or enter them.',
  },
  markup_left_out: {
    meaning: 'The text has markup, such as HTML, that readers do not get.',
    cure: 'Write it in Markdown, or remove it.',
  },
} as const;
