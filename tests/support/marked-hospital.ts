import { recordFact } from '#activities';
import { globalIdOf } from '../../gateway/graphql/global-ids.ts';
import { mark } from './answer-rights.ts';
import { admitPatients, publishBedsideProcess } from './bedside-process.ts';
import type { KnownValues } from './generated-values.ts';
import type { RunningGateway } from './running-gateway.ts';

const cases = [
  { instanceId: '11111111-1111-4111-8111-111111111111', decisionId: '11111111-1111-4111-9111-111111111111', patientId: 'P1', ward: 'W1', startedBy: 'his' },
  { instanceId: '22222222-2222-4222-8222-222222222222', decisionId: '22222222-2222-4222-9222-222222222222', patientId: 'P2', ward: 'W2', startedBy: 'lis' },
] as const;

/**
 * A patient, a case, a task, an incident, an alert, a decision and a line of the record in each ward. Every text of
 * theirs says whose it is. Gives what a caller may know of them.
 */
export async function fillMarkedHospital({ database, keys }: Pick<RunningGateway, 'database' | 'keys'>): Promise<KnownValues> {
  const { prisma } = database;
  await publishBedsideProcess(database);
  await admitPatients(database);
  const { hash } = await prisma.processBundle.findFirstOrThrow({ where: { processKey: 'bedside' } });
  const at = new Date('2026-11-20T08:00:00Z');
  for (const { instanceId, decisionId, patientId, ward, startedBy } of cases) {
    const of = (type: Parameters<typeof mark>[0]) => mark(type, ward, startedBy);
    const ofWard = (type: Parameters<typeof mark>[0]) => mark(type, ward);
    await prisma.patient.update({ where: { id: patientId }, data: { name: ofWard('Patient') } });
    await prisma.processInstance.create({ data: { id: instanceId, processKey: 'bedside', businessKey: `${of('ProcessInstance')}-key`, bundleHash: hash, status: 'running', patientId, unit: ward, startedBy, variables: { note: of('ProcessInstance') } } });
    await prisma.userTask.create({ data: { id: `${instanceId}:t1`, instanceId, taskId: 't1', elementId: 'give', elementInstanceId: 'e1', candidateRoles: ['nurse'], unit: ward, form: 'give', patientId, input: { note: of('Task') }, createdAt: at } });
    await prisma.incident.create({ data: { id: `${instanceId}:i1`, instanceId, incidentId: 'i1', elementId: 'report', elementInstanceId: 'e2', kind: 'failed', code: 'TEST', message: of('Incident'), allowed: ['retry'], raisedAt: at } });
    await prisma.clinicalAlert.create({ data: { id: `alert-${ward}`, patientId, instanceId, severity: 'high', code: 'TEST', text: { 'zh-CN': ofWard('Alert'), en: ofWard('Alert') }, roles: ['nurse'], unit: ward, raisedAt: at } });
    await prisma.decision.create({ data: { id: decisionId, ruleSet: 'dose-hold', version: '1', instanceId, elementId: 'give', patientId, level: 'WARN', facts: { note: of('Decision') }, explanation: { note: of('Decision') } } });
    await recordFact(database, keys, { factId: `test/${ward}`, action: 'task.completed', actor: { id: 'demo-nurse-w1', kind: 'person', roles: ['nurse'] }, at: at.toISOString(), instanceId, patientId, elementId: 'give', taskId: 't1', reason: of('AuditEntry'), detail: { note: of('AuditEntry') } });
  }
  const entries = await prisma.auditEntry.findMany({ where: { factId: { startsWith: 'test/' } } });
  const ids = [
    ...cases.flatMap(({ instanceId, decisionId, patientId, ward }) => [['ProcessInstance', instanceId], ['Task', `${instanceId}:t1`], ['Incident', `${instanceId}:i1`], ['Alert', `alert-${ward}`], ['Decision', decisionId], ['Patient', patientId]] as const),
    ...entries.map(({ id }) => ['AuditEntry', id.toString()] as const),
    ['ProcessDefinition', hash] as const,
  ];
  return {
    texts: [
      ...ids.flatMap(([type, id]) => [globalIdOf(type, id), id]),
      ...ids.map(([, id]) => Buffer.from(`GPC:S:${id}`).toString('base64')),
      'bedside', 'dose-hold', 'order-safety', 'give', 'e1', 'W1', 'W2', 'WB-P1', 'WB-P2', 'demo-nurse-w1', 'his', 'open', 'running', '1', 'a reason that says enough', ...Array.from({ length: 6 }, (_, index) => `key-${index}`),
    ],
  };
}
