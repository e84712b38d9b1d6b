/** Why a registry could not be queried. The metadata client converts it to an outcome. */
export class Unavailable extends Error {
  /** Whether further requests to this registry would fail too, so that they are skipped. */
  readonly isOfRegistry: boolean;

  /** `reason` is logged, so it must not contain URLs or secrets. */
  constructor(reason: string, isOfRegistry: boolean) {
    super(reason);
    this.isOfRegistry = isOfRegistry;
  }
}

/** Adds the name of the registry to the reason. */
export function withRegistryNamed<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new Unavailable(`${name}: ${error.message}`, error.isOfRegistry);
  }
}
