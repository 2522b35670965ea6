/**
 * Counts of one jest run from its JSON report. What jest itself does not count as a failed test still is
 * one: a file that could not be run, a run that left no report, an exit code that its counts don't explain,
 * and a run that found no test at all.
 */
export function summarise(report, exitCode, { mayBeEmpty }) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0, skippedTitles: [], remark: `Expected a report from jest, but it left none (exit code ${exitCode ?? 'none: it took too long'}).` };
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const skippedTitles = report.testResults.flatMap((file) => file.assertionResults.filter((test) => test.status === 'pending' || test.status === 'todo').map((test) => test.fullName));
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  if (failed === 0 && exitCode !== 0) return { passed, failed: 1, skipped, skippedTitles, remark: `Expected jest to end with 0 after no failure, but it ended with ${exitCode ?? 'a signal'}.` };
  if (passed + failed === 0 && !mayBeEmpty) return { passed, failed: 1, skipped, skippedTitles, remark: 'Expected at least one test, but jest found none.' };
  return { passed, failed, skipped, skippedTitles };
}
