import { z } from 'zod';

const members = z.record(z.string(), z.unknown());

/** Of an object in JSON text, the members of these names, in the object's own order. */
export function selectMembers(json: string, names: ReadonlySet<string>): string {
  const whole = Object.entries(members.parse(JSON.parse(json)));
  return JSON.stringify(Object.fromEntries(whole.filter(([name]) => names.has(name))));
}
