import type { Definition, Nodes, Root } from 'mdast';

/** Lists the tree and all its descendants in document order. Iterative, so that deep nesting cannot overflow the stack. */
export function nodesOf(tree: Root): Nodes[] {
  const nodes: Nodes[] = [];
  const waiting: Nodes[] = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    if ('children' in node) waiting.push(...node.children.toReversed());
  }
  return nodes;
}

/** Whether the children of a node are blocks rather than inline text. */
export function holdsBlocks({ type }: Nodes): boolean {
  return ['root', 'blockquote', 'list', 'listItem', 'table', 'tableRow', 'footnoteDefinition'].includes(type);
}

/** Maps identifiers, which the parser has normalized, to definitions. The first definition of an identifier wins. */
export function definitionsOf(tree: Root): Map<string, Definition> {
  const definitions = nodesOf(tree).filter((node) => node.type === 'definition');
  return new Map(definitions.toReversed().map((definition) => [definition.identifier, definition]));
}
