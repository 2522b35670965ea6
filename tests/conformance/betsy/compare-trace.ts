import type { BetsyCase } from './betsy-cases.ts';

/** What is seen of a test after it has run, wherever it ran. */
export interface BetsyOutcome {
  /** `refused` when a process could not be deployed. */
  readonly status: string;
  /** Ids of the elements that did their work, of all processes of the test, each process in its order. */
  readonly path: readonly string[];
  /** Variables of the tested process. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Codes of open incidents. */
  readonly incidents: readonly string[];
}

/** How the outcome differs from what the suite expects; empty when it does not. */
export function compareTrace(test: BetsyCase, outcome: BetsyOutcome): string[] {
  const differences: string[] = [];
  const wanted = [...test.expect.tokens].sort();
  const actual = tokensOf(test, outcome).sort();
  if (wanted.join() !== actual.join()) differences.push(`tokens: expected ${wanted.join(', ') || 'none'}, got ${actual.join(', ') || 'none'}`);
  const error = errorOf(outcome);
  if (!isExpectedError(test.expect.error, error)) differences.push(`error: expected ${test.expect.error ?? 'none'}, got ${error ?? 'none'} (${outcome.incidents.join(', ')})`);
  const endState = endStateOf(outcome);
  if (!endStates(test.endState).includes(endState)) differences.push(`end state: expected ${test.endState}, got ${endState}`);
  return differences;
}

/** Whether the outcome is one of the other readings of the standard. */
export function isAlternative(test: BetsyCase, outcome: BetsyOutcome): boolean {
  const actual = tokensOf(test, outcome).sort().join();
  return test.alternatives.some((tokens) => [...tokens].sort().join() === actual);
}

function tokensOf({ words, expect }: BetsyCase, { path, variables }: BetsyOutcome): string[] {
  const wordAt = (id: string): string => words.get(id) ?? words.get(id.replace(/_task$/, '')) ?? '';
  const tokens = path.map(wordAt).flatMap((word) => (/^SCRIPT_task\d$/.test(word) ? [word] : word === 'INCREMENT_INTEGER_VARIABLE_AND_LOG' ? ['INCREMENT_correct'] : []));
  const asked = {
    MARKER_exists: () => path.some((id) => wordAt(id) === 'CREATE_MARKER_FILE'),
    EXECUTION_parallel: () => overlap(intervalOf('CREATE_TIMESTAMP_LOG_1', path, wordAt), intervalOf('CREATE_TIMESTAMP_LOG_2', path, wordAt)),
    DATA_correct: () => variables['dataRead'] === 'String',
  };
  for (const [token, holds] of Object.entries(asked)) if (expect.tokens.includes(token) && holds()) tokens.push(token);
  return tokens;
}

/** From where the word's sub-process starts to where it ends, as places in the path. */
function intervalOf(word: string, path: readonly string[], wordAt: (id: string) => string): readonly [number, number] | undefined {
  const end = path.findIndex((id) => wordAt(id) === word);
  const start = path.indexOf(`${path[end] ?? ''}__start`);
  return end < 0 || start < 0 ? undefined : [start, end];
}

function overlap(one: readonly [number, number] | undefined, other: readonly [number, number] | undefined): boolean {
  if (!one || !other) return false;
  return (one[0] <= other[0] && other[0] < one[1]) || (other[0] <= one[0] && one[0] < other[1]);
}

type SeenError = 'deployment' | 'runtime' | 'errorEndEvent';

function errorOf({ status, incidents }: BetsyOutcome): SeenError | undefined {
  if (status === 'refused') return 'deployment';
  // Only an error end event that nothing catches ends an instance as failed.
  if (status === 'failed') return 'errorEndEvent';
  return incidents.length > 0 ? 'runtime' : undefined;
}

function isExpectedError(expected: BetsyCase['expect']['error'], seen: SeenError | undefined): boolean {
  if (expected === null) return seen === undefined;
  return expected === 'deployOrRuntime' ? seen !== undefined : expected === seen;
}

function endStateOf(outcome: BetsyOutcome): string {
  const error = errorOf(outcome);
  if (error === 'errorEndEvent') return 'error';
  if (error !== undefined) return 'failed';
  return outcome.status === 'running' ? 'waiting' : outcome.status;
}

/** The suite tells more end states apart than an engine has to. */
function endStates(expected: string): readonly string[] {
  if (expected === 'terminated') return ['terminated', 'completed'];
  return expected === 'error' || expected === 'failed' ? ['error', 'failed'] : [expected];
}
