import type { Database, Prisma } from '#database';
import { localObservationCodes, observationCodes } from '#activities';
import { demoMedications } from './catalogue.ts';
import { demoActiveOrders } from './orders.ts';
import { demoPatients, demoWards, encounterIdOf, patientIdOf, wristbandOf, type DemoPatient } from './patients.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How much of the demo hospital is in the database now. */
export interface SeededHospital {
  readonly wards: number;
  readonly patients: number;
  readonly medications: number;
}

/**
 * Loads the demo hospital: two wards, forty synthetic patients, the drug catalogue and orders under way. Leaves
 * alone what is there, and adds each day's laboratory values, so that a hospital opened again later is not
 * without fresh ones. `at`: the instant of the seeding.
 */
export async function seedDemoHospital({ prisma }: Pick<Database, 'prisma'>, at: string = new Date().toISOString()): Promise<SeededHospital> {
  const now = Date.parse(at);
  await prisma.$transaction(async (transaction) => {
    await transaction.ward.createMany({ data: demoWards.map(({ id, name }) => ({ id, name: { ...name } })), skipDuplicates: true });
    await transaction.medication.createMany({ data: demoMedications, skipDuplicates: true });
    await transaction.patient.createMany({ data: demoPatients.map((patient) => patientRow(patient, now)), skipDuplicates: true });
    await transaction.encounter.createMany({ data: demoPatients.map((patient) => encounterRow(patient, now)), skipDuplicates: true });
    await transaction.allergyIntolerance.createMany({ data: demoPatients.flatMap((patient) => allergyRows(patient, now)), skipDuplicates: true });
    await transaction.observation.createMany({ data: demoPatients.flatMap((patient) => observationRows(patient, now)), skipDuplicates: true });
    await transaction.medicationOrder.createMany({ data: demoActiveOrders(new Date(now - dayMs).toISOString()).map(orderRow), skipDuplicates: true });
    // A first start shares the machine with the servers that are starting.
  }, { maxWait: 30_000, timeout: 60_000 });
  const [wards, patients, medications] = await Promise.all([prisma.ward.count(), prisma.patient.count({ where: { isSynthetic: true } }), prisma.medication.count()]);
  return { wards, patients, medications };
}

function patientRow(patient: DemoPatient, now: number): Prisma.PatientCreateManyInput {
  const { name, gender, ageYears, bed, allergyStatus } = patient;
  // Half a year past the birthday, whenever the hospital opens: the age stays what the stories say.
  const birthDate = new Date(now - (ageYears * 365.25 + 180 + (bed % 30)) * dayMs);
  return { id: patientIdOf(patient), name, gender, birthDate: new Date(birthDate.toISOString().slice(0, 10)), isSynthetic: true, allergyStatus };
}

function encounterRow(patient: DemoPatient, now: number): Prisma.EncounterCreateManyInput {
  return { id: encounterIdOf(patient), patientId: patientIdOf(patient), wardId: patient.ward, bed: String(patient.bed), admittedAt: new Date(now - (1 + (patient.bed % 9)) * dayMs), wristband: wristbandOf(patient) };
}

function allergyRows(patient: DemoPatient, now: number): readonly Prisma.AllergyIntoleranceCreateManyInput[] {
  return patient.allergies.map((allergy) => ({ id: `${patientIdOf(patient)}-${allergy.substance}`, patientId: patientIdOf(patient), ...allergy, recordedAt: new Date(now - dayMs) }));
}

/** One set a day: its ids carry the date. */
function observationRows(patient: DemoPatient, now: number): readonly Prisma.ObservationCreateManyInput[] {
  const patientId = patientIdOf(patient);
  const day = new Date(now).toISOString().slice(0, 10);
  const row = (code: string, value: number, unit: string, hoursAgo: number): Prisma.ObservationCreateManyInput => ({ id: `${patientId}-${code}-${day}`, patientId, code, value, unit, observedAt: new Date(now - hoursAgo * hourMs), source: 'demo' });
  return [
    row(observationCodes.weightKg.code, patient.weightKg, 'kg', 20),
    row(observationCodes.heightCm.code, patient.heightCm, 'cm', 20),
    row(observationCodes.creatinineMicromolPerL.code, patient.creatinineMicromolPerL, 'umol/L', 6),
    row(observationCodes.potassiumMmolPerL.code, patient.potassiumMmolPerL, 'mmol/L', 6),
    row(observationCodes.heartRatePerMin.code, patient.heartRatePerMin, '/min', 2),
    row(observationCodes.systolicMmHg.code, patient.systolicMmHg, 'mm[Hg]', 2),
    row(observationCodes.bodyTemperature.code, 36.6, 'Cel', 2),
    // Women of childbearing age are asked on admission.
    ...(patient.gender === 'female' && patient.ageYears <= 50 ? [row(localObservationCodes.pregnant, 0, '1', 20)] : []),
    // Bed 4 of ward 2 has a skin test, so that a penicillin can pass there.
    ...(patient.ward === 'W2' && patient.bed === 4 ? [row(localObservationCodes.penicillinSkinTest, 0, '1', 3)] : []),
  ];
}

function orderRow(order: ReturnType<typeof demoActiveOrders>[number]): Prisma.MedicationOrderCreateManyInput {
  const { orderId, ward, infusion, stopAt: _stopAt, firstDayDoses: _firstDayDoses, indication: _indication, startAt, groups, ...columns } = order;
  return { ...columns, id: orderId, groups: [...groups], startAt: new Date(startAt), status: 'active', detail: { ward, demo: true, ...(infusion ? { infusion: { ...infusion } as Prisma.InputJsonObject } : {}) } };
}
