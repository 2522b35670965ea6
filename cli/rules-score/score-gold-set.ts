import type { Expected, GoldCase, Hazard, Severity } from '#gold-set';
import { isStronger, strongestLevel, type Level } from '#rules';
import type { GoldJudge, JudgedFinding } from './judge-gold-case.ts';

/** What safety.md demands of the rule sets as a whole, in percent. */
export const scoreTargets = { HARD: 100, major: 95, interruptions: 5 } as const;

/** The rule sets whose findings answer for a hazard: a finding elsewhere is not this error found. */
const answering: Readonly<Record<Hazard, string>> = { allergy: 'allergy', dose: 'dose', kidney: 'dose', interaction: 'interaction', duplicate: 'duplicate', pregnancy: 'pregnancy-lactation', payment: 'insurance-limits' };

/** A planted error that was not found, or not as strongly as its source asks. */
export interface Miss {
  readonly id: string;
  readonly expected: Expected;
  /** The strongest finding that there was for the hazard. */
  readonly level: Level;
}

/** A rule that interrupted for a clean order. */
export interface FalseInterruption {
  readonly ruleSet: string;
  readonly ruleId: string;
  readonly level: Level;
  readonly cases: readonly string[];
}

export interface Share {
  readonly found: number;
  readonly of: number;
  readonly percent: number;
}

/** The score of the rule sets over the gold set; `isMet` when all targets are. */
export interface GoldScore {
  readonly HARD: Share;
  readonly major: Share;
  /** Reported without a target. */
  readonly minor: Share;
  /** Clean orders with a PHARMACIST, UNKNOWN or HARD finding; WARN is shown without interrupting. */
  readonly interruptions: Share;
  readonly isMet: boolean;
  readonly misses: readonly Miss[];
  readonly falseInterruptions: readonly FalseInterruption[];
}

/** Judges every case and holds the answers against what is expected. */
export function scoreGoldSet({ planted, clean }: { readonly planted: readonly GoldCase[]; readonly clean: readonly GoldCase[] }, judge: GoldJudge): GoldScore {
  const answers = planted.flatMap(({ expected, ...goldCase }) => (expected ? [{ id: goldCase.id, expected, findings: judge(goldCase) }] : []));
  const missed = answers.filter(({ expected, findings }) => !isFound(expected, findings));
  const shareOf = (severity: Severity) => {
    const all = answers.filter(({ expected }) => expected.severity === severity);
    return share(all.filter(({ expected, findings }) => isFound(expected, findings)).length, all.length);
  };
  const interrupted = clean.flatMap((goldCase) => judge(goldCase).filter(isInterruption).map((finding) => ({ id: goldCase.id, finding })));
  const interruptions = share(new Set(interrupted.map(({ id }) => id)).size, clean.length);
  const [hard, major] = [shareOf('HARD'), shareOf('major')];
  return {
    HARD: hard,
    major,
    minor: shareOf('minor'),
    interruptions,
    isMet: hard.percent >= scoreTargets.HARD && major.percent >= scoreTargets.major && interruptions.percent <= scoreTargets.interruptions,
    misses: missed.map(({ id, expected, findings }) => ({ id, expected, level: strongestLevel(findings.filter(({ ruleSet }) => ruleSet === answering[expected.hazard])) })),
    falseInterruptions: byRule(interrupted),
  };
}

/** Whether a finding of the hazard's own rule set is as strong as the source asks; missing data counts only where it is the error. */
export function isFound({ hazard, severity, missing }: Expected, findings: readonly JudgedFinding[]): boolean {
  const needed: Level = missing === 'stop' ? 'UNKNOWN' : ({ HARD: 'HARD', major: 'PHARMACIST', minor: 'WARN' } as const)[severity];
  return findings.some(({ ruleSet, kind, level }) => ruleSet === answering[hazard] && (kind === 'rule' || missing !== undefined) && !isStronger(needed, level));
}

function isInterruption({ level }: JudgedFinding): boolean {
  return isStronger(level, 'WARN');
}

function byRule(interrupted: readonly { readonly id: string; readonly finding: JudgedFinding }[]): readonly FalseInterruption[] {
  const rules = new Map<string, { ruleSet: string; ruleId: string; level: Level; cases: string[] }>();
  for (const { id, finding: { ruleSet, ruleId, level } } of interrupted) {
    const rule = rules.get(`${ruleSet}/${ruleId}`) ?? { ruleSet, ruleId, level, cases: [] };
    rule.cases.push(id);
    rules.set(`${ruleSet}/${ruleId}`, rule);
  }
  return [...rules.values()].sort((a, b) => b.cases.length - a.cases.length);
}

function share(found: number, of: number): Share {
  return { found, of, percent: of === 0 ? 0 : Math.round((found / of) * 1_000) / 10 };
}
