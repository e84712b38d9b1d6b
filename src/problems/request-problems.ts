/** Problems of the request itself and of the permission to make it. Each key is a value of `code`. Backticks mark code. */
export const REQUEST_PROBLEMS = {
  invalid_request: {
    status: 400,
    meaning: 'The path, the query, a header or the body does not match the schema of the operation.',
    remedy: 'Correct each value that `errors` names, and send the request again. Nothing was changed.',
  },
  bad_request: {
    status: 400,
    meaning: 'The server could not process the request, for a reason that does not have its own code.',
    remedy: 'Read `detail`, and correct the request.',
  },
  broken_request: {
    status: 400,
    meaning: 'The bytes on the connection are not a valid HTTP/1.1 request.',
    remedy: 'Check the client or the proxy that sent the request. The server has closed the connection.',
  },
  bad_address: {
    status: 400,
    meaning: 'The path is not valid percent-encoded UTF-8.',
    remedy: 'Encode each part of the path, for example with `encodeURIComponent`.',
  },
  empty_json_body: {
    status: 400,
    meaning: 'The body is empty, but the operation requires some members.',
    remedy: 'Send a JSON body with the required members.',
  },
  invalid_json_body: {
    status: 400,
    meaning: 'The body is not valid JSON, or it has a key that the server refuses, such as `__proto__`.',
    remedy: 'Check the body with a JSON parser, and send it again.',
  },
  invalid_content_length: {
    status: 400,
    meaning: 'The body is longer or shorter than `Content-Length` says.',
    remedy: 'Let the HTTP client compute `Content-Length`.',
  },
  not_utf8: {
    status: 400,
    meaning: 'The JSON body is not valid UTF-8.',
    remedy: 'Encode the body as UTF-8.',
  },
  not_text: {
    status: 400,
    meaning:
      'The bibliography is not text in its charset, which is UTF-8 unless `Content-Type` names another.',
    remedy: 'Convert the file to UTF-8, or name its charset in `Content-Type`, as in `; charset=iso-8859-1`.',
  },
  not_csl_json: {
    status: 400,
    meaning: 'The bibliography is not CSL-JSON: neither one JSON object nor a list of them.',
    remedy: 'Export the bibliography as CSL-JSON again, or send it with the content type of its real format.',
  },
  malformed_form: {
    status: 400,
    meaning: 'The `multipart/form-data` body is malformed, or it ends too early.',
    remedy: 'Build the form with the HTTP client, which also writes its boundary, and send it again.',
  },
  proto_violation: {
    status: 400,
    meaning: 'A field of the form has a name that is reserved in JavaScript, such as `__proto__`.',
    remedy: 'Remove the field.',
  },
  unknown_cursor: {
    status: 400,
    meaning: 'The cursor belongs to another list, or the database was restored to a state before the cursor.',
    remedy: 'Start again without a cursor. If you keep a copy of the data, discard it first.',
  },
  unauthenticated: {
    status: 401,
    meaning: 'The request has no API key, or the key is unknown, expired or revoked.',
    remedy: 'Send a valid key as `Authorization: Bearer <key>`.',
  },
  role_too_low: {
    status: 403,
    meaning: 'The role of the API key does not permit this operation.',
    remedy: 'Use a key with the role that `needed` names, or a higher one.',
  },
  key_is_bound: {
    status: 403,
    meaning: 'The API key is bound to newsletters, and the operation concerns all newsletters.',
    remedy: 'Use a key that is not bound to newsletters.',
  },
  not_found: {
    status: 404,
    meaning: 'The resource does not exist, was deleted, or is not visible to the caller.',
    remedy: 'Check the id or slug. If the API key is bound to newsletters, check that it may see this one.',
  },
  no_such_route: {
    status: 404,
    meaning: 'No operation has this path.',
    remedy: 'Compare the path with the API documentation at `/docs`.',
  },
  paper_merged: {
    status: 404,
    meaning: 'The paper was a duplicate, and it was merged into another paper.',
    remedy: 'Use the id in `mergedInto`.',
  },
  method_not_allowed: {
    status: 405,
    meaning: 'The path exists, but no operation there has this method.',
    remedy: 'Use a method that `Allow` and `allowed` list.',
  },
  request_timeout: {
    status: 408,
    meaning: 'The request did not arrive completely within the time limit.',
    remedy: 'Send it again over a faster connection, or send a smaller file.',
  },
  stale_revision: {
    status: 412,
    meaning:
      'The resource has changed since the ETag in `If-Match` was read, or a proxy that compresses responses made the ETag weak (`W/"7"`), and a weak ETag never matches.',
    remedy:
      'Read the resource again, apply your change to it, and send the new ETag. If it is weak, send `revision` in double quotes.',
  },
  body_too_large: {
    status: 413,
    meaning: 'The body is larger than the operation accepts.',
    remedy:
      'Send less in one request. Files belong in a media upload, and large bibliographies in several imports.',
  },
  file_too_large: {
    status: 413,
    meaning: 'The file is larger than the server accepts. `maxBytes` states the limit if it is known.',
    remedy:
      'Send a smaller file, or ask the operator to raise `MEDIA_MAX_BYTES`. SVG has a lower, fixed limit.',
  },
  parts_limit: {
    status: 413,
    meaning: 'The form has too many parts.',
    remedy: 'Send only the fields that the operation documents.',
  },
  too_many_records: {
    status: 413,
    meaning: 'The bibliography has more records than one import accepts. `most` states the limit.',
    remedy: 'Split the bibliography, and import the parts one after another.',
  },
  address_too_long: {
    status: 414,
    meaning: 'A part of the path is longer than any id or slug.',
    remedy: 'Check how the client builds the URL.',
  },
  invalid_media_type: {
    status: 415,
    meaning: 'The operation does not accept the content type of the body.',
    remedy: 'Send one of the content types that `accepted` and the header `Accept` list.',
  },
  encoded_body: {
    status: 415,
    meaning: 'The body has a `Content-Encoding`, and the server does not decode bodies.',
    remedy: 'Send the body uncompressed, without `Content-Encoding`.',
  },
  unsupported_media: {
    status: 415,
    meaning: 'The bytes of the file are of a type that the media library does not store.',
    remedy: 'Convert the file to one of the types in `accepted`. The name of the file does not matter.',
  },
  range_not_satisfiable: {
    status: 416,
    meaning: '`Range` asks for bytes beyond the end of the file.',
    remedy: 'Read the length of the file in `Content-Range`, and ask for bytes within it.',
  },
  if_match_needed: {
    status: 428,
    meaning: 'The operation requires `If-Match`, so that it cannot overwrite a change of somebody else.',
    remedy: 'Read the resource, and send its ETag as `If-Match`.',
  },
  headers_too_large: {
    status: 431,
    meaning: 'The URL and the headers together are too long.',
    remedy: 'Send shorter headers or a shorter URL. Cookies of other applications are a common cause.',
  },
} as const;
