import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { idParams, listed } from '../../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../../http/pagination.ts';
import { refusals } from '../../../http/refusals.ts';
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
import { fileSchema, MOST_BYTES, parseSources, sourceOf } from './receive-source.ts';

type Options = { metadata: MetadataClient };

/** Records that the answer to an import shows. */
const SHOWN = 100;

export const paperImportRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { metadata }) => {
  parseSources(app);

  app.route({
    method: 'POST',
    url: '/papers/imports',
    config: { role: 'author' },
    bodyLimit: MOST_BYTES,
    schema: {
      operationId: 'importPapers',
      tags: ['Papers'],
      summary: 'Import papers',
      description:
        'From a bibliography (16 MiB and 50,000 records at most), or by identifiers (1,000 at most), of which the registries are asked. Each record is imported as a whole or not at all, and the others are none the worse for it; what the library has already is matched, so the same source can be sent again. Up to 100 records, or 20 identifiers, are done before the answer; more are done in the background, and the import says how far it is.',
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
        201: { description: 'It is done.', content: { 'application/json': { schema: startedImport } } },
        202: { description: 'It is under way.', content: { 'application/json': { schema: startedImport } } },
        ...refusals(413, 415, 422),
      },
    },
    handler: async (request, reply) => {
      const { ctx, body, query } = request;
      const row = await startImport(ctx, metadata, sourceOf(body), query.dryRun);
      const first = { limit: SHOWN, after: undefined, outcome: undefined };
      const { data } = await listImportRecords(ctx, row.id, first);
      reply.header('location', `${app.prefix}/paper-imports/${row.id}`);
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
      description: 'Newest first. They are kept for 30 days after their end.',
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
      summary: 'Read how far an import of papers is',
      description: 'What became of each record has an address of its own.',
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
      summary: 'List what became of each record of an import',
      description: 'In the order of the source, as far as they are done.',
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
