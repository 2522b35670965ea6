import type { Database } from '#database';
import { Hl7Refusal, optionalSegment, requireSegment, requireValue, segmentsOf, valueOf, type ClinicalOrder, type Message, type Segment } from '#activities';
import { readNumber } from './number-value.ts';
import { readInstant, readTiming } from './order-timing.ts';

type Infusion = NonNullable<ClinicalOrder['infusion']>;

/** Fields of the segment that carries the drug: RXO in ORM^O01 and OMP^O09, RXE in RDE^O11. */
const drugFields = {
  RXO: { code: 1, dose: 2, doseUnit: 4, indication: 20, rate: 21, rateUnit: 22 },
  RXE: { code: 2, dose: 3, doseUnit: 5, indication: 27, rate: 23, rateUnit: 24 },
} as const;

/**
 * Reads a new medication order. Refuses with the place of the first thing that is wrong: UNKNOWN_DRUG,
 * UNKNOWN_FREQUENCY, UNKNOWN_ENCOUNTER, NUMBER_INVALID, FIELD_MISSING, SEGMENT_MISSING, …
 */
export async function readMedicationOrder(message: Message, patientId: string, orderId: string, at: string, database: Database): Promise<ClinicalOrder> {
  const orc = requireSegment(message, 'ORC');
  const rxe = optionalSegment(message, 'RXE');
  const drug = rxe ?? requireSegment(message, 'RXO');
  const fields = rxe ? drugFields.RXE : drugFields.RXO;
  const rxr = requireSegment(message, 'RXR');

  const medicationCode = requireValue(message, drug, { field: fields.code });
  const medication = await database.prisma.medication.findUnique({ where: { code: medicationCode } });
  if (!medication) throw new Hl7Refusal('AE', '204', 'UNKNOWN_DRUG', `Expected a drug of the hospital’s catalogue in ${drug.name}-${fields.code}, but found another`, [drug.name, 1, fields.code]);

  const { startAt, dose: timedDose, ...timing } = readTiming(message, orc);
  const encounter = await findEncounter(message, patientId, database);
  const ordered = valueOf(message, orc, { field: 15 }) ?? valueOf(message, orc, { field: 9 });
  const dose = readNumber(valueOf(message, drug, { field: fields.dose }) ?? timedDose ?? requireValue(message, drug, { field: fields.dose }), [drug.name, 1, fields.dose]);
  if (dose <= 0) throw new Hl7Refusal('AE', '102', 'NUMBER_INVALID', `Expected a dose above zero in ${drug.name}-${fields.dose}, but found none`, [drug.name, 1, fields.dose]);
  const doseUnit = requireValue(message, drug, { field: fields.doseUnit });
  const indication = valueOf(message, drug, { field: fields.indication });
  const infusion = readInfusion(message, drug, rxr, dose, doseUnit);

  return {
    orderId,
    patientId,
    encounterId: encounter.id,
    ward: encounter.wardId,
    medicationCode,
    ingredient: medication.ingredient,
    groups: medication.groups,
    dose,
    doseUnit,
    route: requireValue(message, rxr, { field: 1 }).toUpperCase(),
    ...timing,
    startAt: startAt ?? (ordered === undefined ? at : readInstant(ordered, ['ORC', 1, 15])),
    orderedBy: valueOf(message, orc, { field: 12 }) ?? requireValue(message, orc, { field: 12 }),
    ...(indication === undefined ? {} : { indication }),
    ...(Object.keys(infusion).length === 0 ? {} : { infusion }),
  };
}

async function findEncounter(message: Message, patientId: string, { prisma }: Database): Promise<{ readonly id: string; readonly wardId: string }> {
  const visit = valueOf(message, optionalSegment(message, 'PV1'), { field: 19 });
  const encounters = await prisma.encounter.findMany({ where: { patientId, endedAt: null, ...(visit === undefined ? {} : { id: visit }) }, take: 2 });
  const [encounter, second] = encounters;
  if (!encounter || second) {
    throw new Hl7Refusal('AE', '204', 'UNKNOWN_ENCOUNTER', `Expected one open encounter of the patient${visit === undefined ? '' : ' in PV1-19'}, but found ${encounter ? 'several' : 'none'}`, ['PV1', 1, 19]);
  }
  return encounter;
}

/** Volume from the mixture's base (RXC), rate from RXO/RXE, line from RXR-2; the concentration only where it is plain division. */
function readInfusion(message: Message, drug: Segment, rxr: Segment, dose: number, doseUnit: string): Infusion {
  const base = segmentsOf(message, 'RXC').find((rxc) => valueOf(message, rxc, { field: 1 }) === 'B');
  const amount = valueOf(message, base, { field: 3 });
  const volumeMl = base && amount !== undefined && /^mL$/i.test(valueOf(message, base, { field: 4 }) ?? '') ? readNumber(amount, ['RXC', base.sequence, 3]) : undefined;
  const fields = drug.name === 'RXE' ? drugFields.RXE : drugFields.RXO;
  const rate = valueOf(message, drug, { field: fields.rate });
  const rateMlPerHour = rate !== undefined && /^mL\/h(?:r|our)?$/i.test(valueOf(message, drug, { field: fields.rateUnit }) ?? '') ? readNumber(rate, [drug.name, 1, fields.rate]) : undefined;
  const site = valueOf(message, rxr, { field: 2 })?.toUpperCase();
  const line = site === 'CENTRAL' || site === 'CVC' ? 'central' : site === 'PERIPHERAL' || site === 'PVC' ? 'peripheral' : undefined;
  return {
    ...(volumeMl === undefined ? {} : { volumeMl }),
    ...(volumeMl === undefined || volumeMl <= 0 || doseUnit !== 'mmol' ? {} : { concentrationMmolPerL: (dose * 1_000) / volumeMl }),
    ...(rateMlPerHour === undefined ? {} : { rateMlPerHour }),
    ...(line === undefined ? {} : { line }),
  };
}
