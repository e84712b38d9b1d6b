type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** A patch names what it changes: fields that it leaves out stay out of the UPDATE. */
export function definedFields<T extends object>(patch: T): Defined<T> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Defined<T>;
}
