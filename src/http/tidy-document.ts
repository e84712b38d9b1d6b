type Node = Record<string, unknown>;

/** Shortens in place what zod-openapi writes twice or at length. */
export function tidyDocument(document: object): void {
  tidy(asNode(document));
}

function tidy(node: Node): void {
  // Zod can leave `additionalProperties: false` beside a reference, where it would forbid every field.
  if ('$ref' in node) delete node.additionalProperties;
  // Zod leaves the pattern of the string that a number in a query is parsed from.
  if (node.type === 'integer') delete node.pattern;
  dropRepeatedDescription(node);
  mergeNull(node);
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'examples') tidy(asNode(child));
  }
}

/** A parameter or header has its description beside its schema already. */
function dropRepeatedDescription({ description, schema }: Node): void {
  const inner = asNode(schema);
  if (inner.description === description) delete inner.description;
}

/** `"type": ["string", "null"]` in place of an `anyOf` of the two. */
function mergeNull(node: Node): void {
  const { anyOf, ...outer } = node;
  if (!Array.isArray(anyOf) || anyOf.length !== 2 || asNode(anyOf[1]).type !== 'null') return;
  const inner = asNode(anyOf[0]);
  if (typeof inner.type !== 'string' || 'enum' in inner || 'const' in inner) return;
  delete node.anyOf;
  Object.assign(node, inner, outer, { type: [inner.type, 'null'] });
}

function asNode(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}
