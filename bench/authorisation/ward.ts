import { randomUUID } from 'node:crypto';
import type { Database } from '#database';
import { publishBedsideProcess } from '../../tests/support/bedside-process.ts';

const patientsOfWard = 25;

/** A ward with twenty-five patients, fifty cases and fifty tasks, and as much again before it in each of three other wards. */
export async function fillWards(database: Database): Promise<void> {
  const { prisma } = database;
  await publishBedsideProcess(database);
  const { hash } = await prisma.processBundle.findFirstOrThrow({ where: { processKey: 'bedside' } });
  const begun = Date.parse('2026-11-20T08:00:00Z');
  for (const [place, ward] of ['W4', 'W3', 'W2', 'W1'].entries()) {
    await prisma.ward.create({ data: { id: ward, name: { 'zh-CN': ward, en: ward } } });
    const patients = Array.from({ length: patientsOfWard }, (_, index) => `${ward}-P${index}`);
    await prisma.patient.createMany({ data: patients.map((id) => ({ id, name: `${id}（合成）`, gender: 'female', birthDate: new Date('1948-03-01'), isSynthetic: true, allergyStatus: 'recorded' })) });
    await prisma.allergyIntolerance.createMany({ data: patients.map((id) => ({ id: `A-${id}`, patientId: id, substance: 'penicillin', reactionClass: 'immediate', recordedAt: new Date('2020-01-01') })) });
    await prisma.encounter.createMany({ data: patients.map((id, index) => ({ id: `E-${id}`, patientId: id, wardId: ward, bed: String(index), admittedAt: new Date('2026-11-01'), wristband: `WB-${id}` })) });
    await prisma.observation.createMany({ data: patients.map((id) => ({ id: `O-${id}`, patientId: id, code: '29463-7', value: 60, unit: 'kg', observedAt: new Date('2026-11-01'), source: 'bench' })) });
    const cases = Array.from({ length: patientsOfWard * 2 }, (_, index) => ({ id: randomUUID(), patientId: patients[index % patientsOfWard] ?? '', at: new Date(begun + (place * 100 + index) * 60_000) }));
    await prisma.processInstance.createMany({ data: cases.map(({ id, patientId, at }) => ({ id, processKey: 'bedside', businessKey: id, bundleHash: hash, status: 'running', patientId, unit: ward, startedBy: 'his', startedAt: at, createdAt: at })) });
    // The ward that is asked about comes first also where nobody is kept from seeing the others.
    await prisma.userTask.createMany({ data: cases.map(({ id, patientId, at }) => ({ id: `${id}:t1`, instanceId: id, taskId: 't1', elementId: 'give', elementInstanceId: 'e1', candidateRoles: ['nurse'], unit: ward, form: 'give', priority: ward === 'W1' ? 90 : 10, patientId, input: { dose: 500 }, createdAt: at })) });
  }
  await database.pool.query('analyze');
}
