/**
 * Faults between fastify-zod-openapi 5 and @fastify/swagger 9, mended in the finished document: only the
 * last route that uses a response component refers to it rightly, response headers are wrapped twice, and a list
 * in the query cannot say that commas part it. And If-Match, which the schema lets be missing so that it is a 428
 * and not a 400, is shown as the must that it is.
 */

type Node = Record<string, unknown>;

export function mendDocument(document: object): object {
  for (const path of children(asNode(document).paths)) {
    for (const operation of children(path)) {
      mendResponses(asNode(operation.responses));
      mendLists(operation);
      if ('428' in asNode(operation.responses)) requireIfMatch(operation);
    }
  }
  return document;
}

function requireIfMatch({ parameters }: Node): void {
  for (const parameter of children(parameters)) if (parameter.name === 'if-match') parameter.required = true;
}

/** https://spec.openapis.org/oas/v3.1.1.html#style-values */
function mendLists({ parameters }: Node): void {
  for (const parameter of children(parameters)) {
    const isList = parameter.in === 'query' && asNode(parameter.schema).type === 'array';
    if (isList) Object.assign(parameter, { style: 'form', explode: false });
  }
}

function mendResponses(responses: Node): void {
  for (const [status, response] of Object.entries(responses)) {
    const reference = wrappedReference(response);
    if (reference) responses[status] = { $ref: reference };
    else mendHeaders(asNode(asNode(response).headers));
  }
}

/** A component of responses that stands where a schema should. */
function wrappedReference(response: unknown): string | null {
  const media = asNode(asNode(asNode(response).content)['application/json']);
  const reference = asNode(media.schema).$ref;
  return typeof reference === 'string' && reference.startsWith('#/components/responses/') ? reference : null;
}

function mendHeaders(headers: Node): void {
  for (const [name, header] of Object.entries(headers)) {
    const wrapped = asNode(asNode(header).schema);
    if ('schema' in wrapped) headers[name] = { ...asNode(header), ...wrapped };
  }
}

function children(node: unknown): Node[] {
  return Object.values(asNode(node)).map(asNode);
}

function asNode(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}
