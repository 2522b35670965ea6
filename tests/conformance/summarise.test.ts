import { summarise } from '../support/summarise.mjs';

const report = { numPassedTests: 3, numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
const whole = { mayBeEmpty: false };

describe('the test runner', () => {
  it('counts what jest counts', () => {
    const testResults = [{ assertionResults: [{ status: 'passed', fullName: 'works' }, { status: 'pending', fullName: 'needs data that is not there' }, { status: 'todo', fullName: 'is still to be written' }] }];

    const counts = summarise({ ...report, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1, testResults }, 1, whole);

    expect(counts).toEqual({ passed: 3, failed: 2, skipped: 2, skippedTitles: ['needs data that is not there', 'is still to be written'] });
  });

  it('counts a file that could not be run as a failure', () => {
    expect(summarise({ ...report, numRuntimeErrorTestSuites: 1 }, 1, whole)).toEqual({ passed: 3, failed: 1, skipped: 0, skippedTitles: [] });
  });

  it.each([
    ['no report', undefined, 1],
    ['an exit code without a failed test', report, 1],
    ['a run that was cut off', report, null],
    ['no test at all', { ...report, numPassedTests: 0 }, 0],
  ])('counts %s as a failure', (_, given, exitCode) => {
    expect(summarise(given, exitCode, whole)).toMatchObject({ failed: 1, remark: expect.stringMatching(/^Expected/) });
  });
});
