/** The counts of `jest --json` that are used. */
interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[] }[];
}

/** What one run adds to the last line; `remark` explains a failure that is no test's. */
export function summarise(
  report: JestReport | undefined,
  exitCode: number | null,
  options: { readonly mayBeEmpty: boolean },
): { readonly passed: number; readonly failed: number; readonly skipped: number; readonly skippedTitles: readonly string[]; readonly remark?: string };
