import manifest from '../../package.json' with { type: 'json' };

/** The version of this release, which `npm version` writes into package.json. */
export const VERSION = manifest.version;
