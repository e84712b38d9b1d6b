import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { idParams, listed } from '../../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../../http/pagination.ts';
import { refusals } from '../../../http/refusals.ts';
import { publicAddress } from '../../../http/request-address.ts';
import { uuid } from '../../../schemas.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import {
  identifiersImport,
  importQuery,
  importRecord,
  outcomeFilter,
  paperImport,
  recordKey,
  startedImport,
} from './import-schemas.ts';
import { getImport, listImportRecords, listImports, startImport } from './paper-import.ts';
import { presentImport, presentImportRecord } from './present.ts';
import { fileSchema, MAX_SOURCE_BYTES, parseSources, sourceOf } from './receive-source.ts';

type Options = { metadata: MetadataClient };

/** In the response that starts an import */
const MAX_RECORDS_SHOWN = 100;

export const paperImportRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { metadata }) => {
  parseSources(app);

  app.route({
    method: 'POST',
    url: '/papers/imports',
    config: { role: 'author' },
    bodyLimit: MAX_SOURCE_BYTES,
    schema: {
      operationId: 'importPapers',
      tags: ['Papers'],
      summary: 'Import papers',
      description:
        'Imports a bibliography of at most 16 MiB and 50,000 records, or at most 1,000 identifiers, which are looked up at the registries. Each record is imported completely or refused, independently of the others; papers that exist are matched, so the same source can be sent again. Up to 100 records, or 20 identifiers, are processed before the response; larger imports continue in the background, and their progress can be read.',
      querystring: importQuery,
      body: {
        content: {
          'application/json': { schema: identifiersImport },
          'application/x-bibtex': {
            schema: fileSchema('@misc{blip, title = {BLIP}, eprint = {2201.12086}, archivePrefix = {arXiv}}'),
          },
          'application/x-research-info-systems': {
            schema: fileSchema('TY  - JOUR\nTI  - Deep learning\nDO  - 10.1038/nature14539\nER  - \n'),
          },
          'application/vnd.citationstyles.csl+json': {
            schema: fileSchema('[{"type":"article","title":"BLIP","DOI":"10.48550/arXiv.2201.12086"}]'),
          },
        },
      },
      response: {
        201: {
          description: 'The import has finished.',
          content: { 'application/json': { schema: startedImport } },
        },
        202: {
          description: 'The import continues in the background.',
          content: { 'application/json': { schema: startedImport } },
        },
        ...refusals(413, 415, 422),
      },
    },
    handler: async (request, reply) => {
      const { ctx, body, query } = request;
      const row = await startImport(ctx, metadata, sourceOf(body), query.dryRun);
      const first = { limit: MAX_RECORDS_SHOWN, after: undefined, outcome: undefined };
      const { data } = await listImportRecords(ctx, row.id, first);
      reply.header('location', publicAddress(request, `${app.prefix}/paper-imports/${row.id}`));
      return reply
        .code(row.finishedAt ? 201 : 202)
        .send({ ...presentImport(row), records: data.map(presentImportRecord) });
    },
  });

  app.route({
    method: 'GET',
    url: '/paper-imports',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listPaperImports',
      tags: ['Papers'],
      summary: 'List imports of papers',
      description: 'Returns imports, newest first. An import is deleted 30 days after it has finished.',
      querystring: listQuery(uuid, {}),
      response: { 200: listed(pageOf(paperImport, 'PaperImportPage'), 'A page of imports.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor } = request.query;
      const page = await listImports(request.ctx, { limit, after: cursor });
      return sendPage(request, reply, { ...page, data: page.data.map(presentImport) });
    },
  });

  app.route({
    method: 'GET',
    url: '/paper-imports/:id',
    config: { role: 'viewer' },
    schema: {
      operationId: 'getPaperImport',
      tags: ['Papers'],
      summary: 'Read the progress of an import of papers',
      description:
        'Returns the status of the import and the number of records by outcome. The records themselves are listed by a separate operation.',
      params: idParams,
      response: {
        200: { description: 'The import.', content: { 'application/json': { schema: paperImport } } },
      },
    },
    handler: async (request) => presentImport(await getImport(request.ctx, request.params.id)),
  });

  app.route({
    method: 'GET',
    url: '/paper-imports/:id/records',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listPaperImportRecords',
      tags: ['Papers'],
      summary: 'List the records of an import',
      description: 'Returns the outcome of each processed record, in the order of the source.',
      params: idParams,
      querystring: listQuery(recordKey, { outcome: outcomeFilter }),
      response: { 200: listed(pageOf(importRecord, 'PaperImportRecordPage'), 'A page of records.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor, outcome } = request.query;
      const page = await listImportRecords(request.ctx, request.params.id, { limit, after: cursor, outcome });
      return sendPage(request, reply, { ...page, data: page.data.map(presentImportRecord) });
    },
  });
};
