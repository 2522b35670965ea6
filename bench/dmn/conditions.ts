/** A condition of a process or decision table, with the data that it is asked about. */
export interface FeelCondition {
  readonly source: string;
  readonly contexts: readonly Readonly<Record<string, unknown>>[];
}

const finding = (level: string, ruleId: string): object => ({ kind: 'rule', level, ruleId });
const orders = [
  { order: { priority: 'stat', dose: 40, route: 'iv', items: [{ code: 'J01CA04', dose: 3 }, { code: 'N02BE01', dose: 1 }] }, potassium: 5.6, age: 78, ward: 'ICU', orderStatus: null },
  { order: { priority: 'routine', dose: 10, route: 'po', items: [{ code: 'A10BA02', dose: 2 }] }, potassium: 4.1, age: 34, ward: 'W3', orderStatus: 'signed' },
];
const recorded = [
  { recorded: { status: 'refused', consecutiveRefusals: 2, isLate: false }, verdict: { level: 'HARD', findings: [finding('HARD', 'a')] }, verdictAgain: { findings: [finding('PHARMACIST', 'b'), finding('WARN', 'c')] } },
  { recorded: { status: 'administered', consecutiveRefusals: 0, isLate: true }, verdict: { level: 'PASS', findings: [] }, verdictAgain: { findings: [finding('UNKNOWN', 'a')] } },
];
const times = [
  { data: { outcome: 'given', occurredAt: '2026-11-23T07:58:00+08:00', drugBarcode: '0106912345678901' }, input: { dose: { windowOpensAt: '2026-11-23T07:30:00+08:00' }, gtin: '06912345678901' } },
  { data: { outcome: 'not-done', occurredAt: '2026-11-23T07:00:00+08:00', drugBarcode: '06912345678900' }, input: { dose: { windowOpensAt: '2026-11-23T07:30:00+08:00' }, gtin: '06912345678901' } },
];

/** Conditions as the processes have them, from the simplest to those with functions and times. */
export const feelConditions: readonly FeelCondition[] = [
  { source: 'potassium > 5.5', contexts: orders },
  { source: 'order.priority = "stat"', contexts: orders },
  { source: 'order.priority = "stat" and orderStatus = null', contexts: orders },
  { source: 'age >= 75 or (potassium > 5.5 and order.dose >= 20)', contexts: orders },
  { source: 'ward in ("ICU", "CCU") and order.dose between 20 and 60', contexts: orders },
  { source: 'some item in order.items satisfies item.code = "N02BE01" and item.dose < 2', contexts: orders },
  { source: 'recorded.status != "administered" or recorded.isLate', contexts: recorded },
  { source: 'recorded.status = "refused" and recorded.consecutiveRefusals >= 2 and modulo(recorded.consecutiveRefusals, 2) = 0', contexts: recorded },
  { source: 'some f in verdictAgain.findings satisfies f.level in ("UNKNOWN", "PHARMACIST") and not(some known in verdict.findings satisfies known.ruleId = f.ruleId)', contexts: recorded },
  { source: 'data.drugBarcode = input.gtin or contains(data.drugBarcode, "01" + input.gtin)', contexts: times },
  { source: 'date and time(data.occurredAt) >= date and time(input.dose.windowOpensAt)', contexts: times },
];
