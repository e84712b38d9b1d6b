type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Drops undefined fields, because a patch changes only the fields that are present. */
export function definedFields<T extends object>(patch: T): Defined<T> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Defined<T>;
}
