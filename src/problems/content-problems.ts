/** Problems of a well-formed request that cannot be carried out. Each entry is one value of `code`. */
export const CONTENT_PROBLEMS = {
  unknown_reference: {
    status: 422,
    meaning: 'The body refers to records that do not exist or that do not fit in their place.',
    cure: 'Correct each id that `errors` names.',
  },
  unknown_id: {
    status: 422,
    meaning: 'The tree names the id of a section or item that the issue does not have, or names an id twice.',
    cure: 'Name each existing section and item once. Leave `id` out for new ones.',
  },
  unknown_section: {
    status: 422,
    meaning: 'The issue does not have the section to which the item should move.',
    cure: 'Name a section of the same issue.',
  },
  not_an_order: {
    status: 422,
    meaning: 'The list does not name every section of the issue exactly once.',
    cure: 'Read the issue again, and send the ids of all of its sections in the new order.',
  },
  out_of_range: {
    status: 422,
    meaning:
      'The index of an item is beyond the end of its section, or the year of a local time is not supported.',
    cure: 'Send a value within the range that the message states.',
  },
  only_papers: {
    status: 422,
    meaning: 'The item refers to a paper, but it is not of kind `paper`.',
    cure: 'Send `"paperId": null`, or choose the kind `paper`.',
  },
  full: {
    status: 422,
    meaning: 'The issue or the section already has as many sections or items as it may have.',
    cure: 'Delete something, or move a part of it to another issue.',
  },
  not_ready: {
    status: 422,
    meaning: 'The issue cannot be scheduled or published yet.',
    cure: 'Follow `remedy` of each entry of `errors`. Their pointers are into the issue.',
  },
  malformed: {
    status: 422,
    meaning: 'The local time does not have the form `2026-12-01T09:00`.',
    cure: 'Send the local time without an offset, or an instant as `at`.',
  },
  no_such_date: {
    status: 422,
    meaning: 'The date of the local time does not exist in the calendar.',
    cure: 'Send a date that exists.',
  },
  unknown_time_zone: {
    status: 422,
    meaning: 'The time zone is not in the IANA time zone database.',
    cure: 'Send a name such as `Europe/Berlin`.',
  },
  skipped: {
    status: 422,
    meaning: 'The local time does not exist, because the clocks go forward over it.',
    cure: 'Send another local time, or one of `choices` as `at`.',
  },
  repeated: {
    status: 422,
    meaning: 'The local time occurs twice, because the clocks go back over it.',
    cure: 'Send one of `choices` as `at`.',
  },
  past_time: {
    status: 422,
    meaning: 'The scheduled time has passed.',
    cure: 'Send a time in the future, or publish the issue now.',
  },
  empty_file: {
    status: 422,
    meaning: 'The uploaded file has no bytes.',
    cure: 'Check the file, and upload it again.',
  },
  damaged_image: {
    status: 422,
    meaning: 'The image cannot be decoded, because it is damaged or incomplete.',
    cure: 'Open the image in an editor, save it again, and upload the result.',
  },
  too_many_pixels: {
    status: 422,
    meaning: 'The image has more pixels than the server decodes, in one frame or in all frames together.',
    cure: 'Scale the image down below `maxPixels`.',
  },
  too_many_frames: {
    status: 422,
    meaning: 'The animation has more frames than the server decodes.',
    cure: 'Shorten the animation to `maxFrames` frames.',
  },
  svg_with_entities: {
    status: 422,
    meaning: 'The SVG declares XML entities, which the server does not expand.',
    cure: 'Export the SVG without entities.',
  },
  svg_without_size: {
    status: 422,
    meaning: 'The SVG states no size.',
    cure: 'Give its root element a `viewBox`, or a `width` and a `height`.',
  },
  address_not_allowed: {
    status: 422,
    meaning: 'The server fetches files only from `https` addresses without user name, password and port.',
    cure: 'Send such an address, or upload the file.',
  },
  address_unreachable: {
    status: 422,
    meaning: 'The server could not fetch the file. For safety the reason is not stated.',
    cure: 'Check that the address is public, answers quickly and has a valid certificate, or upload the file.',
  },
  answer_not_usable: {
    status: 422,
    meaning: 'The other server answered, but not with a file that can be stored.',
    cure: 'Check the address in a browser. It must lead to the file itself, without a login.',
  },
  impossible_key: {
    status: 422,
    meaning: 'The API key cannot be created with these values.',
    cure: 'Correct each value that `errors` names.',
  },
  too_many_identifiers: {
    status: 422,
    meaning: 'The papers to be merged have more identifiers together than one paper may have.',
    cure: 'Remove identifiers from one of the papers, or merge fewer papers.',
  },
  too_many_links: {
    status: 422,
    meaning: 'The papers to be merged have more links together than one paper may have.',
    cure: 'Remove links from one of the papers, or merge fewer papers.',
  },
  too_many_results: {
    status: 422,
    meaning: 'The papers to be merged have more reported results together than one paper may have.',
    cure: 'Remove results from one of the papers, or merge fewer papers.',
  },
  no_records: {
    status: 422,
    meaning: 'The bibliography has no records.',
    cure: 'Check the file that was sent.',
  },
  not_bibtex: {
    status: 422,
    meaning: 'The text is not BibTeX, because it has no entry such as `@article{...}`.',
    cure: 'Send the file with the content type of its real format.',
  },
  not_ris: {
    status: 422,
    meaning: 'The text is not RIS, because it has no record that begins with `TY  - `.',
    cure: 'Send the file with the content type of its real format.',
  },
} as const;
