import type { Definition, Nodes, Root } from 'mdast';

/** Lists the tree and all its descendants in document order. Iterative, so that deep nesting cannot overflow the stack. */
export function nodesOf(tree: Nodes): Nodes[] {
  const nodes: Nodes[] = [];
  const waiting: Nodes[] = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    if ('children' in node) waiting.push(...node.children.toReversed());
  }
  return nodes;
}

/** What the author wrote for a node. Empty for nodes that were not parsed from the text. */
export function sourceOf({ position }: Nodes, markdown: string): string {
  return markdown.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
}

/** The line of the text at which a node starts, from 1. */
export function lineOf({ position }: Nodes): number {
  return position?.start.line ?? 1;
}

/** Replaces the children of every node, from the leaves up. */
export function replaceChildren(
  tree: Nodes,
  replace: (children: readonly Nodes[], parent: Nodes) => readonly Nodes[],
): void {
  for (const node of nodesOf(tree).toReversed()) {
    if ('children' in node) Object.assign(node, { children: replace(node.children, node) });
  }
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
