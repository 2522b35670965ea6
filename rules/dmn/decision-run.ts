import { Run, type Scope } from '../feel/standard/index.ts';

/** Why a value is null, or what a model could not do. `elementId` is the decision or knowledge model. Messages carry no values. */
export interface DecisionError {
  readonly code: string;
  readonly elementId?: string;
  readonly message: string;
}

/** A row of a table by its place from 1, and by id where it has one. */
export interface FiredRow {
  readonly row: number;
  readonly id?: string;
  readonly annotations?: readonly string[];
}

/** Rows of a table that matched. */
export interface FiredRows {
  /** The decision or knowledge model that the table belongs to. */
  readonly elementId: string;
  readonly rows: readonly FiredRow[];
}

/** One evaluation of a model, with all that it has to report. */
export class DecisionRun extends Run {
  readonly errors: DecisionError[] = [];
  readonly fired: FiredRows[] = [];

  fail(code: string, elementId: string, message: string): null {
    if (this.errors.length < 1_000) this.errors.push({ code, elementId, message });
    return null;
  }
}

/** Reports an error from inside of an expression; the value is null. */
export function fail(scope: Scope, code: string, elementId: string, message: string): null {
  return scope.run instanceof DecisionRun ? scope.run.fail(code, elementId, message) : null;
}
