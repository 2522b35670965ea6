import type { Expected, GoldContext, Hazard, Severity } from './gold-case.ts';
import type { Random } from './random.ts';

/** A planted error: `times` patients with the same mistake, varied by `make`. */
export interface PlantedTemplate {
  readonly id: string;
  readonly expected: Expected;
  readonly times: number;
  readonly make: (random: Random, index: number) => GoldContext;
}

/** Something has to be known first: the source stops everything, or asks a person. */
const answers = { stop: { severity: 'HARD', missing: 'stop' }, ask: { severity: 'major', missing: 'person' } } as const;

/** The templates of one hazard, all from one clinical table. */
export function planter(hazard: Hazard, table: string) {
  return (id: string, severity: Severity | keyof typeof answers, row: string, times: number, make: PlantedTemplate['make']): PlantedTemplate => ({
    id,
    expected: { hazard, ...(severity === 'stop' || severity === 'ask' ? answers[severity] : { severity }), source: `${table}, ${row}` },
    times,
    make,
  });
}

/** The value for the n-th case, in turn. */
export function inTurn<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('Expected something to take in turn, but found nothing');
  return value;
}
