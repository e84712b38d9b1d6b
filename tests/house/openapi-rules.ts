import { z } from 'zod';
import { ROLES } from '../../src/lib/roles.ts';

/** The rules for openapi.json that a generic linter does not check. */

const reference = z.object({ $ref: z.string() });

const media = z.looseObject({ schema: z.unknown().optional() });

const content = z.record(z.string(), media);

const body = z.looseObject({ content: content.default({}) });

const parameter = z.looseObject({ name: z.string(), in: z.string(), required: z.boolean().default(false) });

const operation = z.looseObject({
  operationId: z.string().default(''),
  summary: z.string().default(''),
  description: z.string().default(''),
  tags: z.array(z.string()).default([]),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  'x-role': z.string().optional(),
  parameters: z.array(z.union([reference, parameter])).default([]),
  requestBody: body.optional(),
  responses: z.record(z.string(), z.union([reference, body])).default({}),
});

const apiDocument = z.looseObject({
  tags: z.array(z.looseObject({ name: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), z.unknown()).default({}),
    responses: z.record(z.string(), body).default({}),
    parameters: z.record(z.string(), parameter).default({}),
  }),
});

type Content = z.infer<typeof content>;
type Operation = z.infer<typeof operation>;
type ApiDocument = z.infer<typeof apiDocument>;
type Named = Operation & { name: string; path: string };

/** Returns one sentence for each broken rule. */
export function findDocumentFaults(json: unknown): string[] {
  const document = apiDocument.parse(json);
  const operations = operationsOf(document);
  return [
    ...operations.flatMap((each) => [
      ...judgeWords(each, document),
      ...judgeAccess(each),
      ...judgeExamples(each, document),
      ...judgeRefusals(each, document),
      ...findMissingRefusals(each, document),
      ...judgeRevalidation(each, document),
    ]),
    ...judgeIds(operations),
  ];
}

function operationsOf({ paths }: ApiDocument): Named[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => ({
      ...each,
      path,
      name: `${method.toUpperCase()} ${path}`,
    })),
  );
}

function judgeWords(
  { name, summary, description, operationId, tags }: Named,
  document: ApiDocument,
): string[] {
  const known = document.tags.map((tag) => tag.name);
  const faults = [];
  if (summary === '') faults.push(`${name} has no summary`);
  if (description === '') faults.push(`${name} has no description`);
  if (operationId === '') faults.push(`${name} has no operationId`);
  if (tags.length !== 1) faults.push(`${name} has ${tags.length} tags instead of one`);
  return [
    ...faults,
    ...tags.filter((tag) => !known.includes(tag)).map((tag) => `${name}: unknown tag ${tag}`),
  ];
}

function judgeAccess({ name, path, security, 'x-role': role }: Named): string[] {
  const schemes = security?.flatMap((entry) => Object.keys(entry));
  if (schemes === undefined) return [`${name} does not say which key it takes (security: [] for none)`];
  if (!path.startsWith('/admin/')) {
    return schemes.length === 0 && role === undefined ? [] : [`${name} is for everybody, yet asks for a key`];
  }
  const faults = schemes.join() === 'apiKey' ? [] : [`${name} does not ask for an API key`];
  return ROLES.some((known) => known === role) ? faults : [...faults, `${name} has no x-role`];
}

function judgeExamples({ name, requestBody, responses }: Named, document: ApiDocument): string[] {
  const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const parts: [string, Content][] = answers.map(([status, response]) => [
    `its ${status}`,
    '$ref' in response ? {} : response.content,
  ]);
  return [['its body', requestBody?.content ?? {}] as [string, Content], ...parts]
    .filter(([, found]) => !hasExample(found['application/json'], document))
    .map(([part]) => `${name} has no example of ${part}`);
}

function hasExample(json: Content[string] | undefined, document: ApiDocument): boolean {
  return json === undefined || isShown(json) || isSchemaShown(json.schema, document);
}

/** A list schema counts as having an example if its entries have one. */
function isSchemaShown(schema: unknown, document: ApiDocument): boolean {
  const found = resolve(schema, document);
  if (isShown(found)) return true;
  const list = z.looseObject({ properties: z.looseObject({ data: z.looseObject({ items: z.unknown() }) }) });
  const { success, data } = list.safeParse(found);
  return success && isSchemaShown(data.properties.data.items, document);
}

function resolve(schema: unknown, { components }: ApiDocument): unknown {
  const { success, data } = reference.safeParse(schema);
  return success ? components.schemas[data.$ref.replace('#/components/schemas/', '')] : schema;
}

function isShown(node: unknown): boolean {
  return typeof node === 'object' && node !== null && ('example' in node || 'examples' in node);
}

function judgeRefusals({ name, responses }: Named, { components }: ApiDocument): string[] {
  const refusals = Object.entries(responses).filter(([status]) => /^[45]/.test(status));
  return refusals.flatMap(([status, response]) => {
    if (!('$ref' in response)) return [`${name}: its ${status} is not a named component`];
    const component = components.responses[String(response.$ref).replace('#/components/responses/', '')];
    const types = Object.keys(component?.content ?? {}).join();
    return types === 'application/problem+json'
      ? []
      : [`${name}: its ${status} is not a problem, but "${types}"`];
  });
}

function findMissingRefusals(each: Named, document: ApiDocument): string[] {
  return expectedRefusals(each, document)
    .filter((status) => !(status in each.responses))
    .map((status) => `${each.name} has no ${status}`);
}

/** Those that follow from what an operation takes and who may call it. */
function expectedRefusals(each: Named, document: ApiDocument): string[] {
  const { requestBody, 'x-role': role } = each;
  const all = parametersOf(each, document);
  const ifMatch = all.find(({ name }) => name === 'if-match');
  const statuses = ['400', '503'];
  if (role) statuses.push('401');
  if (role && role !== 'viewer') statuses.push('403');
  if (all.some((each) => each.in === 'path')) statuses.push('404');
  if (ifMatch) statuses.push('412');
  if (ifMatch?.required) statuses.push('428');
  if (requestBody) statuses.push('413', '415');
  return statuses;
}

function parametersOf({ parameters }: Named, { components }: ApiDocument) {
  return parameters.map((each) => {
    if (!('$ref' in each)) return each;
    return parameter.parse(components.parameters[String(each.$ref).replace('#/components/parameters/', '')]);
  });
}

/** If-None-Match belongs to the operations that can answer 304, and to no others. */
function judgeRevalidation(each: Named, document: ApiDocument): string[] {
  const takesEtags = parametersOf(each, document).some(({ name }) => name === 'if-none-match');
  if (takesEtags === '304' in each.responses) return [];
  return [
    `${each.name} ${takesEtags ? 'takes If-None-Match, but has no 304' : 'has a 304, but takes no If-None-Match'}`,
  ];
}

function judgeIds(operations: Named[]): string[] {
  const byId = Map.groupBy(operations, ({ operationId }) => operationId);
  const shared = [...byId].filter(([id, group]) => id !== '' && group.length > 1);
  return shared.map(([id, group]) => `${id} names ${group.map(({ name }) => name).join(' and ')}`);
}
