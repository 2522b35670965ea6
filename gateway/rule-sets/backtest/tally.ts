import type { Replay } from '#activities';
import { isInterrupting, strengthOf, type Level } from '#rules';

/** What is counted of a decision, beside its replay. */
export interface TalliedDecision {
  readonly level: Level;
  readonly found: readonly string[];
  readonly ward: string | null;
  readonly drug: string | null;
}

/** How the decisions of one ward, drug or level fared. `key` is empty for those that have none. */
export interface BacktestGroup {
  readonly key: string;
  readonly decisions: number;
  readonly changed: number;
  readonly stricter: number;
  readonly looser: number;
  readonly newlyInterrupting: number;
}

/** Decisions in which a rule begins to fire, or fires no more. */
export interface BacktestRule {
  readonly ruleId: string;
  readonly newlyFired: number;
  readonly noLongerFired: number;
}

/**
 * What a backtest found. `decisions` = `compared` + `notComparable`; `changed` = `stricter` + `looser` + `otherFindings`.
 * Groups are of compared decisions, those with most changes first; `bySeverity` is by the level that the document gives.
 */
export interface BacktestTally {
  readonly decisions: number;
  readonly compared: number;
  readonly changed: number;
  readonly stricter: number;
  readonly looser: number;
  /** Of the same level, with other findings. */
  readonly otherFindings: number;
  readonly newlyInterrupting: number;
  readonly noLongerInterrupting: number;
  /** Changed ones that the document could not judge at all. */
  readonly failed: number;
  readonly notComparable: number;
  readonly notComparableReasons: readonly { readonly code: string; readonly fact: string; readonly count: number }[];
  readonly failures: readonly { readonly failure: string; readonly count: number }[];
  readonly matrix: readonly { readonly from: string; readonly to: string; readonly count: number }[];
  readonly byWard: readonly BacktestGroup[];
  readonly byDrug: readonly BacktestGroup[];
  readonly bySeverity: readonly BacktestGroup[];
  readonly byRule: readonly BacktestRule[];
}

/** Groups of one kind that are kept. */
const maximumGroups = 500;

const levels: readonly Level[] = ['HARD', 'UNKNOWN', 'PHARMACIST', 'WARN', 'PASS'];

type Counts = { -readonly [Name in keyof Omit<BacktestGroup, 'key'>]: number };
type Groups = Map<string, Counts>;

/** Counts replays one after the other. */
export class Tally {
  readonly #all = { compared: 0, changed: 0, stricter: 0, looser: 0, otherFindings: 0, newlyInterrupting: 0, noLongerInterrupting: 0, failed: 0, notComparable: 0 };
  readonly #matrix = new Map<string, number>();
  readonly #reasons = new Map<string, { readonly code: string; readonly fact: string; count: number }>();
  readonly #failures = new Map<string, number>();
  readonly #wards: Groups = new Map();
  readonly #drugs: Groups = new Map();
  readonly #severities: Groups = new Map();
  readonly #rules = new Map<string, { newlyFired: number; noLongerFired: number }>();

  /** Counts one decision and what became of it. */
  add({ level, found, ward, drug }: TalliedDecision, replay: Replay): void {
    const all = this.#all;
    if (replay.kind === 'notComparable') {
      all.notComparable += 1;
      const reason = `${replay.code} ${replay.fact}`;
      const known = this.#reasons.get(reason);
      if (known) known.count += 1;
      else this.#reasons.set(reason, { code: replay.code, fact: replay.fact, count: 1 });
      return;
    }
    all.compared += 1;
    increase(this.#matrix, `${level} ${replay.level}`);
    if (replay.failure !== undefined) {
      all.failed += 1;
      increase(this.#failures, replay.failure);
    }
    const step = strengthOf(replay.level) - strengthOf(level);
    const isNew = !isInterrupting(level) && isInterrupting(replay.level);
    for (const [groups, key] of [[this.#wards, ward ?? ''], [this.#drugs, drug ?? ''], [this.#severities, replay.level]] as const) addTo(groups, key, replay.isChanged, step, isNew);
    if (!replay.isChanged) return;
    all.changed += 1;
    if (step > 0) all.stricter += 1;
    else if (step < 0) all.looser += 1;
    else all.otherFindings += 1;
    if (isNew) all.newlyInterrupting += 1;
    if (isInterrupting(level) && !isInterrupting(replay.level)) all.noLongerInterrupting += 1;
    for (const ruleId of replay.found) if (!found.includes(ruleId)) this.#ruleOf(ruleId).newlyFired += 1;
    for (const ruleId of found) if (!replay.found.includes(ruleId)) this.#ruleOf(ruleId).noLongerFired += 1;
  }

  /** What was counted so far. */
  result(): BacktestTally {
    const { compared, notComparable } = this.#all;
    return {
      decisions: compared + notComparable,
      ...this.#all,
      notComparableReasons: [...this.#reasons.values()].sort(byCount),
      failures: [...this.#failures].map(([failure, count]) => ({ failure, count })).sort(byCount),
      matrix: levels.flatMap((from) => levels.flatMap((to) => [this.#matrix.get(`${from} ${to}`) ?? 0].filter((count) => count > 0).map((count) => ({ from, to, count })))),
      byWard: groupsOf(this.#wards),
      byDrug: groupsOf(this.#drugs),
      bySeverity: groupsOf(this.#severities),
      byRule: [...this.#rules].map(([ruleId, counts]) => ({ ruleId, ...counts })).sort((a, b) => b.newlyFired + b.noLongerFired - a.newlyFired - a.noLongerFired || (a.ruleId < b.ruleId ? -1 : 1)),
    };
  }

  #ruleOf(ruleId: string): { newlyFired: number; noLongerFired: number } {
    const known = this.#rules.get(ruleId) ?? { newlyFired: 0, noLongerFired: 0 };
    this.#rules.set(ruleId, known);
    return known;
  }
}

function addTo(groups: Groups, key: string, isChanged: boolean, step: number, isNew: boolean): void {
  let counts = groups.get(key);
  if (!counts) groups.set(key, (counts = { decisions: 0, changed: 0, stricter: 0, looser: 0, newlyInterrupting: 0 }));
  counts.decisions += 1;
  if (!isChanged) return;
  counts.changed += 1;
  if (step > 0) counts.stricter += 1;
  if (step < 0) counts.looser += 1;
  if (isNew) counts.newlyInterrupting += 1;
}

function groupsOf(groups: Groups): readonly BacktestGroup[] {
  return [...groups].map(([key, counts]) => ({ key, ...counts })).sort((a, b) => b.changed - a.changed || b.decisions - a.decisions || (a.key < b.key ? -1 : 1)).slice(0, maximumGroups);
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function byCount(a: { readonly count: number }, b: { readonly count: number }): number {
  return b.count - a.count;
}
