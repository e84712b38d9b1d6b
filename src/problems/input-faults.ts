/** Faults of single values in a request or in a record of an import. Each key is a value of `code`. */
export const INPUT_FAULTS = {
  unknown_field: {
    meaning: 'There is no field or parameter of this name.',
    remedy: 'Remove it, or correct its spelling. Names are case-sensitive.',
  },
  invalid_type: {
    meaning: 'The value is missing, or it has the wrong JSON type.',
    remedy: 'Send a value of the type that the schema of the operation states.',
  },
  invalid_value: {
    meaning: 'The value is not one of the permitted values.',
    remedy: 'Send one of the values that the message lists.',
  },
  invalid_format: {
    meaning: 'The text does not have the required form, such as a UUID, a time or a slug.',
    remedy: 'Send the value in the form that the message states.',
  },
  invalid_union: {
    meaning: 'The value matches none of the permitted forms.',
    remedy: 'Send one of the forms that the schema of the operation lists.',
  },
  too_big: {
    meaning: 'The number is too large, the text is too long, or the list has too many entries.',
    remedy: 'Stay within the limit that the message states.',
  },
  too_small: {
    meaning: 'The number is too small, the text is too short, or the list has too few entries.',
    remedy: 'Send at least what the message states.',
  },
  custom: {
    meaning: 'The value breaks a rule that only the message states.',
    remedy: 'Read the message, and correct the value.',
  },
  unknown_cursor: {
    meaning: 'The cursor belongs to another list, or the database was restored to a state before the cursor.',
    remedy: 'Start again without a cursor.',
  },
  taken: {
    meaning: 'Another record has this value, which must be unique.',
    remedy: 'Choose another value, or change the other record first.',
  },
  unknown: {
    meaning: 'The id does not belong to a record of this kind in this place.',
    remedy: 'Use an id that the API returned, or leave it out to create a new record.',
  },
  unknown_person: {
    meaning: 'There is no person with this id.',
    remedy: 'Find the person with `GET /admin/v1/people`, or create a new one.',
  },
  unknown_paper: {
    meaning: 'There is no paper with this id, or it is the paper itself.',
    remedy: 'Find the paper with `GET /admin/v1/papers`, or create it.',
  },
  unknown_media: {
    meaning: 'There is no media file with this id.',
    remedy: 'Upload the file first, and use the id in the response.',
  },
  unknown_section: {
    meaning: 'The issue does not have this section.',
    remedy: 'Name a section of the same issue.',
  },
  not_an_image: {
    meaning: 'The media file is a recording or a document, and only an image can be used here.',
    remedy: 'Use an image. A text can link to other media files, as in `[Slides](media:<id>)`.',
  },
  paper_merged: {
    meaning: 'The paper was merged into another paper, which the message names.',
    remedy: 'Use the id in the message.',
  },
  repeated: {
    meaning:
      'The id occurs twice in the tree, the query parameter is given more than once, or the local time occurs twice because the clocks go back.',
    remedy: 'Send each id and each parameter once. For a time, send one of `choices` as `at`.',
  },
  only_papers: {
    meaning: 'Only an item of kind `paper` can refer to a paper.',
    remedy: 'Send null, or choose the kind `paper`.',
  },
  not_an_order: {
    meaning: 'The list does not name every section of the issue exactly once.',
    remedy: 'Send the ids of all sections in the new order.',
  },
  out_of_range: {
    meaning: 'The value is outside the range that the message states.',
    remedy: 'Send a value within the range.',
  },
  exhausted: {
    meaning: 'No next number can be assigned, because the newsletter already uses the highest one.',
    remedy: 'Send a free number.',
  },
  needed: {
    meaning: 'A scheduled issue needs this value, so it cannot be removed.',
    remedy: 'Send another value, or unschedule the issue.',
  },
  past: {
    meaning: 'The time must be in the future.',
    remedy: 'Send a later time.',
  },
  past_time: {
    meaning: 'The scheduled time has passed.',
    remedy: 'Send a time in the future, or publish the issue now.',
  },
  malformed: {
    meaning: 'The local time does not have the form `2026-12-01T09:00`.',
    remedy: 'Send the local time without an offset, or an instant as `at`.',
  },
  no_such_date: {
    meaning: 'The date does not exist in the calendar.',
    remedy: 'Send a date that exists.',
  },
  unknown_time_zone: {
    meaning: 'The time zone is not in the IANA time zone database.',
    remedy: 'Send a name such as `Europe/Berlin`.',
  },
  skipped: {
    meaning: 'The local time does not exist, because the clocks skip it when they go forward.',
    remedy: 'Send another local time, or one of `choices` as `at`.',
  },
  address_not_allowed: {
    meaning: 'The server fetches files only from `https` addresses without user name, password and port.',
    remedy: 'Send such an address, or upload the file.',
  },
  address_unreachable: {
    meaning: 'The server could not fetch the file. For security, the response does not state the reason.',
    remedy:
      'Check that the address is public, answers quickly and has a valid certificate, or upload the file.',
  },
  answer_not_usable: {
    meaning: 'The other server answered, but not with a file that can be stored.',
    remedy: 'Check the address in a browser. It must lead to the file itself, without a login.',
  },
  unreadable: {
    meaning: 'The record of the bibliography could not be parsed. The message states why.',
    remedy: 'Correct the record at that `line`, and import it again.',
  },
  no_identifier: {
    meaning: 'The text is not an identifier of a paper.',
    remedy: 'Send an arXiv id, a DOI, an OpenReview or Semantic Scholar id, or a web address.',
  },
  unknown_identifier: {
    meaning: 'The registries do not know the identifier.',
    remedy: 'Check its spelling, or create the paper by hand.',
  },
  identifiers_of_several: {
    meaning: 'The identifiers of the record belong to several papers of the library.',
    remedy: 'Merge these papers, and import the record again.',
  },
} as const;
