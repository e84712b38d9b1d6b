/** Metadata found in an uploaded file, used as defaults. Null if absent. */
export type EmbeddedMetadata = {
  alt: string | null;
  caption: string | null;
  credit: string | null;
  /** An http or https URL */
  licenceUrl: string | null;
};

export const NO_EMBEDDED_METADATA: EmbeddedMetadata = {
  alt: null,
  caption: null,
  credit: null,
  licenceUrl: null,
};
