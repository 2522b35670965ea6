/** Expressions with their values as FEEL's `string` writes them, texts in quotes; all of one section of the standard. */
export interface FeelArea {
  readonly section: string;
  readonly cases: readonly (readonly [expression: string, value: string])[];
}
