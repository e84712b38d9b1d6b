/** Problems of the server and of what it depends on. Backticks mark code. */
export const SERVER_PROBLEMS = {
  internal_error: {
    status: 500,
    meaning: 'The server failed unexpectedly. The cause is in its log, not in the response.',
    remedy: 'Send the request again later. If it fails again, give the time of the request to the operator.',
  },
  database_unavailable: {
    status: 503,
    meaning: 'The database did not answer in time, or has no free connection.',
    remedy: 'Send the request again after the seconds that `Retry-After` states.',
  },
  outcome_unknown: {
    status: 503,
    meaning:
      'The connection to the database was lost while the change was being stored. It may have been made all the same.',
    remedy: 'Read first whether the change was made, and repeat the request only if it was not.',
  },
  storage_unavailable: {
    status: 503,
    meaning: 'The storage of the media files does not answer.',
    remedy: 'Send the request again after the seconds that `Retry-After` states.',
  },
  search_too_slow: {
    status: 503,
    meaning: 'The search took longer than its time limit, and was stopped.',
    remedy: 'Search for rarer words, or for fewer of them.',
  },
  too_many_imports: {
    status: 503,
    meaning: 'The node is already fetching the maximum number of files from other servers.',
    remedy: 'Send the request again after the seconds that `Retry-After` states.',
  },
  overloaded: {
    status: 503,
    meaning: 'The node has more requests than it can answer in time, and refuses new ones.',
    remedy: 'Send the request again after the seconds that `Retry-After` states.',
  },
  shutting_down: {
    status: 503,
    meaning: 'The node is about to end. It still answers requests for a moment.',
    remedy: 'Send requests to another node.',
  },
  outdated: {
    status: 503,
    meaning:
      'A newer release has changed the database. This node no longer publishes, and may fail to answer.',
    remedy: 'Send requests to another node. Start the newer release in place of this one.',
  },
  storage_full: {
    status: 507,
    meaning: 'There is no space left to store the file. No part of it was kept.',
    remedy: 'Ask the operator to free or add space. Operations that store no file still work.',
  },
} as const;
