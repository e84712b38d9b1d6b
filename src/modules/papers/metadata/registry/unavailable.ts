/** Why a registry could not be queried. The metadata client converts it to an outcome. */
export class Unavailable extends Error {
  /** Whether the failure concerns the registry, so that further requests to it are skipped, or only one work. */
  readonly concernsRegistry: boolean;

  /** `reason` is logged, so it must not contain URLs or secrets. */
  constructor(reason: string, concernsRegistry: boolean) {
    super(reason);
    this.concernsRegistry = concernsRegistry;
  }
}

/** Adds the name of the registry to the reason. */
export function withRegistryNamed<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new Unavailable(`${name}: ${error.message}`, error.concernsRegistry);
  }
}
