/** Who did something to a rule set. */
export interface Person {
  readonly id: string;
  readonly displayName: string;
}
