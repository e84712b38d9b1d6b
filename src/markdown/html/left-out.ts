/** A piece of markup that readers do not get. */
export type LeftOut = {
  /** To follow "has", for example `<aside>`. */
  what: string;
  /** In the text, from 1. */
  line: number;
  /** Otherwise its text is shown. */
  isTextLost: boolean;
};
