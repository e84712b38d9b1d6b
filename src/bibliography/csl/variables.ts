import type { CslDate, CslItem, CslName } from './csl.ts';

type Holding<Value> = {
  [Name in keyof CslItem]-?: NonNullable<CslItem[Name]> extends Value ? Name : never;
}[keyof CslItem];

/** CSL variables by the type of their value. */
export type TextVariable = Exclude<Holding<string>, 'type'>;
export type NameVariable = Holding<CslName[]>;
export type DateVariable = Exclude<Holding<CslDate>, TextVariable | NameVariable>;
