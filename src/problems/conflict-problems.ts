/** Problems of a valid request that conflicts with existing records. Each key is a value of `code`. */
export const CONFLICT_PROBLEMS = {
  slug_taken: {
    status: 409,
    meaning:
      'Another record of this kind has the slug. For readers, an issue keeps its old slug until its changes are published.',
    remedy: 'Choose another slug, or change the other record first.',
  },
  number_taken: {
    status: 409,
    meaning:
      'Another issue of the newsletter has the number. For readers, an issue keeps its old number until its changes are published.',
    remedy: 'Choose another number, or change the other issue first.',
  },
  identifier_taken: {
    status: 409,
    meaning: 'Another paper has one of the identifiers.',
    remedy: 'Use a paper that `paperIds` names, or merge the papers.',
  },
  identifiers_taken: {
    status: 409,
    meaning: 'Another request gave one of the identifiers to another paper at the same moment.',
    remedy: 'Look up the paper by its identifier, then use it or merge the papers.',
  },
  arxiv_id_taken: {
    status: 409,
    meaning: 'Another paper has this arXiv id.',
    remedy: 'Use the paper that `paperIds` names, or merge the papers.',
  },
  doi_taken: {
    status: 409,
    meaning: 'Another paper has this DOI.',
    remedy: 'Use the paper that `paperIds` names, or merge the papers.',
  },
  in_use: {
    status: 409,
    meaning: 'The record cannot be deleted, because other records use it. `uses`, if present, names them.',
    remedy:
      'Remove the uses first. A published issue uses a record until it is withdrawn or published without it.',
  },
  changed_meanwhile: {
    status: 409,
    meaning: 'Another change to the same records was made at the same moment.',
    remedy: 'Read the resource again, and repeat the request.',
  },
  wrong_status: {
    status: 409,
    meaning: 'The operation is not possible in the current status of the issue, which `issueStatus` names.',
    remedy:
      'Change the status of the issue first. `allowedFrom`, if present, lists the statuses that permit the operation.',
  },
  numbers_exhausted: {
    status: 409,
    meaning: 'The newsletter already uses the highest number, so no next number can be assigned.',
    remedy: 'Send a free `number` with the request.',
  },
  alt_needed: {
    status: 409,
    meaning: 'A scheduled issue needs the alt text of this image, so the alt text cannot be removed.',
    remedy: 'Send another alt text, or unschedule the issues in `uses`.',
  },
  other_kind_of_file: {
    status: 409,
    meaning: 'The new file is an image and the old one is not, or the other way round.',
    remedy: 'Upload the file as a new media file, and refer to that.',
  },
  last_admin_key: {
    status: 409,
    meaning: 'The key is the last one that can create API keys.',
    remedy:
      'Create another key with the admin role that is not bound to newsletters, and then revoke this one.',
  },
  newsletter_has_issues: {
    status: 409,
    meaning: 'The newsletter cannot be deleted, because it has issues.',
    remedy: 'Delete its issues first.',
  },
} as const;
