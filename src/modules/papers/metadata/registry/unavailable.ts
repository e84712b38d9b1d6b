/** Why a registry gave no answer. Never leaves this folder as an error: it becomes an outcome. */
export class Unavailable extends Error {
  /** Whether the next question would fare no better, so that nobody need wait for it. */
  readonly isOfRegistry: boolean;

  /** `reason` is for a log: no address and no secret. */
  constructor(reason: string, isOfRegistry: boolean) {
    super(reason);
    this.isOfRegistry = isOfRegistry;
  }
}

/** Says whose fault it was. */
export function withRegistryNamed<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new Unavailable(`${name}: ${error.message}`, error.isOfRegistry);
  }
}
