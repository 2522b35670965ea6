import type { Json } from '../json.ts';
import type { ScriptExpectation } from './script.ts';
import { isSameJson, type SimulationResult } from './simulation-result.ts';

type Outcome = Omit<SimulationResult, 'expectationFailures'>;

/** Every expectation that did not come true, as a sentence. */
export function unmetExpectations(expect: ScriptExpectation, outcome: Outcome): string[] {
  const unmet: string[] = [];
  const compare = (what: string, expected: Json | undefined, actual: Json): void => {
    if (expected !== undefined && !isSameJson(expected, actual)) unmet.push(`Expected ${what} ${JSON.stringify(expected)}, but got ${JSON.stringify(actual)}`);
  };
  compare('status', expect.status, outcome.status);
  compare('path', expect.path, outcome.path);
  for (const [name, value] of Object.entries(expect.variables ?? {})) compare(`variable ${name} to be`, value, outcome.variables[name] ?? null);
  compare('open tasks', expect.tasks?.toSorted(), outcome.openTasks.map(({ element }) => element).toSorted());
  compareEach('messages', expect.messages, outcome.messages, unmet);
  compareEach('ledger', expect.ledger, outcome.ledger, unmet);
  const byElement = (left: { element: string }, right: { element: string }): number => (left.element < right.element ? -1 : left.element > right.element ? 1 : 0);
  compareEach('incidents', expect.incidents?.toSorted(byElement), outcome.incidents.toSorted(byElement), unmet);
  compareEach('refused steps', expect.refused ?? [], outcome.refused, unmet);
  return unmet;
}

/** Same number, and each expected member equal; members that are left out are not looked at. */
function compareEach(what: string, expected: readonly object[] | undefined, actual: readonly object[], unmet: string[]): void {
  if (!expected) return;
  const isMet = expected.length === actual.length && expected.every((entry, index) => includes(actual[index] as Record<string, Json>, entry as Record<string, Json>));
  if (!isMet) unmet.push(`Expected ${what} ${JSON.stringify(expected)}, but got ${JSON.stringify(actual.map((entry) => pickLike(entry as Record<string, Json>, expected)))}`);
}

function includes(actual: Record<string, Json>, expected: Record<string, Json>): boolean {
  return Object.entries(expected).every(([key, value]) => {
    if (value === undefined) return true;
    const found = actual[key];
    // A payload is compared field by field: scripts name what matters to them.
    if (key === 'payload' && typeof found === 'object' && found !== null) return includes(found as Record<string, Json>, value as Record<string, Json>);
    return isSameJson(found, value);
  });
}

function pickLike(actual: Record<string, Json>, expected: readonly object[]): Record<string, Json> {
  const keys = new Set(expected.flatMap((entry) => Object.keys(entry)));
  return keys.size === 0 ? actual : Object.fromEntries(Object.entries(actual).filter(([key]) => keys.has(key)));
}
