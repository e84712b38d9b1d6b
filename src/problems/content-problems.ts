/** Problems of a well-formed request that cannot be carried out. Each key is a value of `code`. */
export const CONTENT_PROBLEMS = {
  unknown_reference: {
    status: 422,
    meaning: 'The body refers to records that do not exist, or that cannot be used in that place.',
    remedy: 'Correct each id that `errors` names.',
  },
  unknown_id: {
    status: 422,
    meaning: 'The tree names the id of a section or item that the issue does not have, or names an id twice.',
    remedy: 'Name each existing section and item once. Leave `id` out for new ones.',
  },
  unknown_section: {
    status: 422,
    meaning: 'The issue does not have the section to which the item should move.',
    remedy: 'Name a section of the same issue.',
  },
  not_an_order: {
    status: 422,
    meaning: 'The list does not name every section of the issue exactly once.',
    remedy: 'Read the issue again, and send the ids of all of its sections in the new order.',
  },
  out_of_range: {
    status: 422,
    meaning:
      'The index of an item is beyond the end of its section, or the year of a local time is not supported.',
    remedy: 'Send a value within the range that the message states.',
  },
  only_papers: {
    status: 422,
    meaning: 'The item refers to a paper, but it is not of kind `paper`.',
    remedy: 'Send `"paperId": null`, or choose the kind `paper`.',
  },
  full: {
    status: 422,
    meaning: 'The issue would have too many sections or items, or the section too many items.',
    remedy: 'Delete some of them, or move some to another issue.',
  },
  not_ready: {
    status: 422,
    meaning: 'The issue cannot be scheduled or published yet.',
    remedy: 'Follow the `remedy` of each entry of `errors`. The pointers point into the issue.',
  },
  malformed: {
    status: 422,
    meaning: 'The local time does not have the form `2026-12-01T09:00`.',
    remedy: 'Send the local time without an offset, or an instant as `at`.',
  },
  no_such_date: {
    status: 422,
    meaning: 'The date of the local time does not exist in the calendar.',
    remedy: 'Send a date that exists.',
  },
  unknown_time_zone: {
    status: 422,
    meaning: 'The time zone is not in the IANA time zone database.',
    remedy: 'Send a name such as `Europe/Berlin`.',
  },
  skipped: {
    status: 422,
    meaning: 'The local time does not exist, because the clocks skip it when they go forward.',
    remedy: 'Send another local time, or one of `choices` as `at`.',
  },
  repeated: {
    status: 422,
    meaning: 'The local time occurs twice, because the clocks repeat it when they go back.',
    remedy: 'Send one of `choices` as `at`.',
  },
  past_time: {
    status: 422,
    meaning: 'The scheduled time has passed.',
    remedy: 'Send a time in the future, or publish the issue now.',
  },
  empty_file: {
    status: 422,
    meaning: 'The uploaded file has no bytes.',
    remedy: 'Check the file, and upload it again.',
  },
  damaged_image: {
    status: 422,
    meaning: 'The image cannot be decoded, because it is damaged or incomplete.',
    remedy: 'Open the image in an editor, save it again, and upload the result.',
  },
  too_many_pixels: {
    status: 422,
    meaning: 'The image has more pixels than the server decodes, in one frame or in all frames combined.',
    remedy: 'Scale the image down below `maxPixels`.',
  },
  too_many_frames: {
    status: 422,
    meaning: 'The animation has more frames than the server decodes.',
    remedy: 'Shorten the animation to `maxFrames` frames.',
  },
  file_too_slow: {
    status: 422,
    meaning: 'Decoding and cleaning the file takes longer than the time limit for one file.',
    remedy: 'Upload a smaller image, or one in another format.',
  },
  svg_with_entities: {
    status: 422,
    meaning: 'The SVG declares XML entities, which the server does not expand.',
    remedy: 'Export the SVG without entities.',
  },
  svg_with_html: {
    status: 422,
    meaning:
      'The SVG has text or an embedded image in a `foreignObject`, which is HTML, or text in a `flowRoot`. Both elements are removed, so their content would be missing.',
    remedy:
      'Export the SVG with SVG text: in Mermaid, set `htmlLabels` to false; in Inkscape, convert flowed text to text. Or put the `foreignObject` into a `switch` with a `text` as the alternative.',
  },
  svg_too_complex: {
    status: 422,
    meaning:
      'The SVG takes too long to draw, or it has too many or too deeply nested elements, counting each use of an element, pattern or marker.',
    remedy: 'Simplify the drawing, or export it as PNG.',
  },
  svg_without_size: {
    status: 422,
    meaning: 'The SVG states no size.',
    remedy: 'Give its root element a `viewBox`, or a `width` and a `height`.',
  },
  address_not_allowed: {
    status: 422,
    meaning: 'The server fetches files only from `https` addresses without user name, password and port.',
    remedy: 'Send such an address, or upload the file.',
  },
  address_unreachable: {
    status: 422,
    meaning: 'The server could not fetch the file. For security, the response does not state the reason.',
    remedy:
      'Check that the address is public, answers quickly and has a valid certificate, or upload the file.',
  },
  answer_not_usable: {
    status: 422,
    meaning: 'The other server answered, but not with a file that can be stored.',
    remedy: 'Check the address in a browser. It must lead to the file itself, without a login.',
  },
  impossible_key: {
    status: 422,
    meaning: 'The API key cannot be created with these values.',
    remedy: 'Correct each value that `errors` names.',
  },
  too_many_identifiers: {
    status: 422,
    meaning: 'The merged paper would have more identifiers than a paper can have.',
    remedy: 'Remove identifiers from one of the papers, or merge fewer papers.',
  },
  too_many_links: {
    status: 422,
    meaning: 'The merged paper would have more links than a paper can have.',
    remedy: 'Remove links from one of the papers, or merge fewer papers.',
  },
  too_many_results: {
    status: 422,
    meaning: 'The merged paper would have more reported results than a paper can have.',
    remedy: 'Remove results from one of the papers, or merge fewer papers.',
  },
  no_records: {
    status: 422,
    meaning: 'The bibliography has no records.',
    remedy: 'Check that you sent the right file.',
  },
  not_bibtex: {
    status: 422,
    meaning: 'The text is not BibTeX, because it has no entry such as `@article{...}`.',
    remedy: 'Send the file with the content type of its real format.',
  },
  not_ris: {
    status: 422,
    meaning: 'The text is not RIS, because it has no record that begins with `TY  - `.',
    remedy: 'Send the file with the content type of its real format.',
  },
} as const;
