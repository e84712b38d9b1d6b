/** Values as JSON text. Undefined values are left out, as by JSON.stringify. */
export type JsonMembers = Readonly<Record<string, string | null | undefined>>;

/**
 * Adds members to an object in JSON text without parsing it, because a published issue is stored as text and may be long. The names must not be in the object yet.
 */
export function withMembers(object: string, members: JsonMembers): string {
  const text = object.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) throw new TypeError('This is not the JSON of an object.');
  const added = Object.entries(members).flatMap(([name, json]) =>
    json === undefined ? [] : [`${JSON.stringify(name)}:${json}`],
  );
  const present = text.slice(1, -1).trim();
  return `{${[...(present === '' ? [] : [present]), ...added].join(',')}}`;
}
