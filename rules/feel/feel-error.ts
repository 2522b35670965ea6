/** What went wrong with an expression: its text, its evaluation, or its result as JSON. */
export type FeelErrorCode = 'FEEL_SYNTAX' | 'FEEL_EVALUATION' | 'FEEL_VALUE' | 'FEEL_BUDGET';

/** Thrown by everything in `rules/feel`; recognised by `code`, since `instanceof` fails across sandboxes. */
export class FeelError extends Error {
  readonly code: FeelErrorCode;

  constructor(code: FeelErrorCode, message: string) {
    super(message);
    this.name = 'FeelError';
    this.code = code;
  }
}

/** The text is no FEEL expression. `from` and `to` are offsets into it. Code: FEEL_SYNTAX. */
export class FeelSyntaxError extends FeelError {
  readonly from: number;
  readonly to: number;

  constructor(message: string, position: { readonly from: number; readonly to: number }) {
    super('FEEL_SYNTAX', message);
    this.name = 'FeelSyntaxError';
    this.from = position.from;
    this.to = position.to;
  }
}
