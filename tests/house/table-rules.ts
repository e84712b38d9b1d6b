import { levelOf, moduleOf } from './import-rules.ts';
import type { Sources } from './read-imports.ts';
import { type Access, findAccesses, findHiding, type Tables } from './read-tables.ts';

/** One sentence for each access to a table that its file may not make. */
export function findTableFaults(sources: Sources, tables: Tables): string[] {
  const faults = findAccesses(sources, tables).flatMap((access) => {
    const reason = objection(access, tables);
    return reason === null ? [] : [`${access.file} uses ${access.table} (${access.text}): ${reason}.`];
  });
  const hidden = findHiding(sources).map(
    ({ file, text }) => `${file} hides which table it uses (${text}): spell it in the call or in the SQL.`,
  );
  return [...new Set([...faults, ...hidden])];
}

function objection({ file, table, kind }: Access, { ownerOf }: Tables): string | null {
  const owner = ownerOf.get(table) ?? '';
  if (!file.startsWith('modules/')) return `only modules use tables; ask ${owner} for a function`;
  const own = moduleOf(file);
  if (own === owner) return null;
  if (kind === 'write') return `only ${owner} writes it`;
  if (levelOf(owner) >= levelOf(own)) return `${owner} is not below ${own}`;
  return kind === 'read' ? `${owner} owns it; call a function of ${owner}, or join it in SQL` : null;
}
