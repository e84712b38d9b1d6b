/** Faults that prevent scheduling and publishing an issue. The pointers point into the issue. */
export const PUBLICATION_FAULTS = {
  title_missing: {
    meaning:
      'The issue or the item has no title. An item can take it from its paper or, if it has no body, from its first link.',
    remedy: 'Give it a title.',
  },
  sections_missing: {
    meaning: 'The issue has no sections.',
    remedy: 'Add a section with an item.',
  },
  items_missing: {
    meaning: 'The section has no items.',
    remedy: 'Add an item, or delete the section.',
  },
  body_or_link_missing: {
    meaning: 'The item has nothing to show: no body, no link, no figure and no paper.',
    remedy: 'Write a body, or add a link, a figure or a paper.',
  },
  link_not_http: {
    meaning: 'The link is not an `http` or `https` address.',
    remedy: 'Write the whole address, as in `https://example.org/page`.',
  },
  link_has_space: {
    meaning: 'The link has a space, which a URL cannot have.',
    remedy: 'Write the space as `%20`, or remove it.',
  },
  paper_missing: {
    meaning: 'The item is of kind `paper` but does not refer to a paper.',
    remedy: 'Set `paperId`, or choose another kind.',
  },
  media_missing: {
    meaning: 'The text shows or links to a media file that does not exist.',
    remedy: 'Upload the media file, or remove the image or link.',
  },
  media_not_image: {
    meaning: 'A figure shows a media file that is not an image.',
    remedy: 'Link to the media file instead, as in `[Slides](media:<id>)`.',
  },
  alt_missing: {
    meaning: 'Neither the figure nor its media file has alt text.',
    remedy: 'Write alt text on the figure or on its media file. Empty alt text marks a decorative image.',
  },
  link_unusable: {
    meaning:
      'The text has a link without an address, as in `[text]()`, or with one that is not `http`, `https`, `mailto` or `media`. The message says which, and on which line.',
    remedy: 'Write an address that readers can open, or remove the link.',
  },
  text_empty: {
    meaning: 'The text has markup, but shows nothing to readers, for example a comment only.',
    remedy: 'Write something that readers see, or remove the text.',
  },
  text_too_complex: {
    meaning: 'The Markdown is too complex to be rendered.',
    remedy: 'Split very long paragraphs, tables or nested lists.',
  },
  text_too_slow: {
    meaning: 'The Markdown takes too long to render.',
    remedy: 'Split it into several texts, or simplify its markup.',
  },
  too_long: {
    meaning: 'In total, the texts of the issue or their HTML are too long.',
    remedy: 'Move a part of them to another issue.',
  },
  too_many_images: {
    meaning: 'The issue shows too many images.',
    remedy: 'Move some of them to another issue.',
  },
} as const;

/** Warnings of the readiness check. They do not prevent publication. */
export const WARNINGS = {
  length_off_target: {
    meaning: 'The issue is longer or shorter than the target length of the newsletter.',
    remedy: 'Shorten or extend the issue, or leave it as it is.',
  },
  credit_missing: {
    meaning: 'Neither the figure nor its media file has a credit.',
    remedy: 'Name the creator of the image on the figure or on its media file.',
  },
  paper_repeated: {
    meaning: 'Two items of the issue refer to the same paper.',
    remedy: 'Keep one of them.',
  },
  link_repeated: {
    meaning: 'Two links of the issue lead to the same address.',
    remedy: 'Keep one of them.',
  },
  paper_featured_before: {
    meaning: 'An earlier issue of the newsletter featured the paper.',
    remedy: 'Leave the paper out, or write what is new about it.',
  },
  link_featured_before: {
    meaning: 'An earlier issue of the newsletter featured the link.',
    remedy: 'Leave the link out, or write what is new about it.',
  },
  paper_retracted: {
    meaning: 'The paper was retracted.',
    remedy: 'Leave the paper out, or mention the retraction.',
  },
  paper_incomplete: {
    meaning: 'Little more than the identifier of the paper is known.',
    remedy: 'Wait until its metadata has been looked up, or enter it.',
  },
  markup_left_out: {
    meaning:
      'The text has markup that editions leave out, such as HTML without an equivalent in Markdown. The message names it, says on which line it is, and whether its text is kept.',
    remedy: 'Write it in Markdown, or remove it.',
  },
  image_left_out: {
    meaning:
      'The text has an image that editions leave out, because its address is neither `https` nor that of a media file.',
    remedy: 'Import the image to the library and show it as `![alt](media:<id>)`, or remove it.',
  },
  image_alt_missing: {
    meaning: 'The text shows an image of another site without alt text.',
    remedy:
      'Write alt text between the square brackets. To mark an image as decorative, import it to the library and give it empty alt text.',
  },
  emoji_shortcode: {
    meaning: 'The text has the name of an emoji, such as `:rocket:`, which readers see as it is.',
    remedy: 'Write the emoji itself.',
  },
} as const;
