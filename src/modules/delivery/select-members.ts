import { z } from 'zod';

const members = z.record(z.string(), z.unknown());

/** Keeps only these members of an object in JSON text, in the order of the object. */
export function selectMembers(json: string, names: ReadonlySet<string>): string {
  const all = Object.entries(members.parse(JSON.parse(json)));
  return JSON.stringify(Object.fromEntries(all.filter(([name]) => names.has(name))));
}
