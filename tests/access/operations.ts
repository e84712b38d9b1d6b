import { z } from 'zod';
import type { Answer, Client, Masthead } from '../support/app.ts';

/** An operation in the OpenAPI document. */
export type Operation = {
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in the document: `/admin/v1/issues/{id}`. */
  path: string;
  role: string | null;
  /** The required query parameters. */
  requiredQuery: string[];
};

const parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false) });
const reference = z.object({ $ref: z.string() });

const paths = z.record(
  z.string(),
  z.partialRecord(
    z.enum(['get', 'post', 'put', 'patch', 'delete']),
    z.object({
      operationId: z.string(),
      'x-role': z.string().optional(),
      parameters: z.array(z.union([reference, parameter])).default([]),
    }),
  ),
);

const components = z.object({ parameters: z.record(z.string(), parameter) });

export async function operationsOf({ app }: Masthead): Promise<Operation[]> {
  await app.ready();
  const document = z.object({ paths, components }).parse(app.swagger());
  const shared = new Map(
    Object.entries(document.components.parameters).map(([id, each]) => [
      `#/components/parameters/${id}`,
      each,
    ]),
  );
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, 'x-role': role, parameters }]) => ({
      id: operationId,
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).parse(method.toUpperCase()),
      path,
      role: role ?? null,
      requiredQuery: parameters
        .map((each) => ('$ref' in each ? parameter.parse(shared.get(each.$ref)) : each))
        .filter((each) => each.in === 'query' && each.required)
        .map(({ name }) => name),
    })),
  );
}

export async function findOperation(masthead: Masthead, id: string): Promise<Operation> {
  const found = (await operationsOf(masthead)).find((operation) => operation.id === id);
  if (!found) throw new Error(`The document has no operation ${id}`);
  return found;
}

/** Fills the path and the required query from `parameters`, and sends If-Match and a body where the method allows them. */
export function call(
  client: Client,
  { method, path, requiredQuery }: Operation,
  parameters: Record<string, string>,
  body: unknown = {},
): Promise<Answer> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(parameters[name] ?? ''));
  const query = new URLSearchParams(
    Object.fromEntries(requiredQuery.map((name) => [name, parameters[name] ?? ''])),
  );
  const url = requiredQuery.length === 0 ? filled : `${filled}?${query}`;
  if (method === 'GET') return client.get(url);
  if (method === 'DELETE') return client.delete(url, { 'if-match': '*' });
  const headers = { 'content-type': 'application/json', 'if-match': '*' };
  return client.send({ method, url, headers, payload: JSON.stringify(body) });
}
