import { createHash } from 'node:crypto';
import type { Database } from '#database';

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });

/** A nurse scans the wristband at the bedside, then a service runs that can be made to fail. */
export const bedsideProcess = {
  format: 'careloop-process/1', key: 'bedside', version: '1', name: text('床旁', 'Bedside'),
  variables: [
    { name: 'patientId', type: 'string', required: true, classification: 'patient' },
    { name: 'wristband', type: 'string', required: true, classification: 'patient' },
    { name: 'ward', type: 'string', required: true, classification: 'operational' },
    { name: 'note', type: 'string', classification: 'patient' },
    { name: 'given', type: 'boolean', classification: 'patient' },
  ],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    {
      id: 'give', type: 'userTask', name: text('床旁给药', 'Give at the bedside'), candidateRoles: ['nurse'], candidateUnit: 'ward', subject: 'patientId', form: 'give', presentation: 'bedsideScan',
      inputs: [{ target: 'wristband', source: 'wristband' }],
      outputs: [{ target: 'given', source: 'true' }],
      checks: [{ code: 'WRONG_PATIENT', condition: 'data.wristband = input.wristband', message: text('腕带与医嘱不一致', 'The wristband does not match the order') }],
    },
    { id: 'report', type: 'serviceTask', name: text('回报', 'Report'), activity: 'test.report', inputs: [{ target: 'patientId', source: 'patientId' }], retry: { maximumAttempts: 1 } },
    { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [
    { id: 'f1', sourceRef: 'start', targetRef: 'give', name: text('到了给药时间', 'The dose is due') },
    { id: 'f2', sourceRef: 'give', targetRef: 'report' },
    { id: 'f3', sourceRef: 'report', targetRef: 'end' },
  ],
};

const forms = {
  give: {
    key: 'give', title: text('给药', 'Give'), uiSchema: {},
    schema: { type: 'object', required: ['wristband'], additionalProperties: false, properties: { wristband: { type: 'string', minLength: 1 }, dose: { type: 'number', minimum: 0 } } },
  },
};

/** Publishes the process with its form. */
export async function publishBedsideProcess({ prisma }: Pick<Database, 'prisma'>): Promise<void> {
  const bytes = Buffer.from(JSON.stringify({ format: 'careloop-bundle/1', definition: bedsideProcess, ruleSets: {} }));
  const hash = createHash('sha256').update(bytes).digest('hex');
  await prisma.processBundle.create({ data: { hash, processKey: bedsideProcess.key, version: '1', bytes, forms, isCurrent: true, publishedBy: 'test' } });
}

/** Two synthetic patients, one in each ward. */
export async function admitPatients({ prisma }: Pick<Database, 'prisma'>): Promise<void> {
  for (const [id, ward, bed] of [['P1', 'W1', '12'], ['P2', 'W2', '3']] as const) {
    await prisma.patient.create({ data: { id, name: `患者${id}（合成）`, gender: 'female', birthDate: new Date('1948-03-01'), isSynthetic: true, allergyStatus: 'recorded', allergies: { create: { id: `A-${id}`, substance: 'penicillin', reactionClass: 'immediate', recordedAt: new Date('2020-01-01') } } } });
    await prisma.encounter.create({ data: { id: `E-${id}`, patientId: id, wardId: ward, bed, admittedAt: new Date('2026-11-01'), wristband: `WB-${id}` } });
    await prisma.observation.createMany({ data: [{ id: `O1-${id}`, patientId: id, code: '29463-7', value: 60, unit: 'kg', observedAt: new Date('2026-11-01'), source: 'test' }, { id: `O2-${id}`, patientId: id, code: '29463-7', value: 61, unit: 'kg', observedAt: new Date('2026-11-20'), source: 'test' }] });
  }
}
