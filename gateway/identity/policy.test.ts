import { canClaim, canComplete } from './task-rights.ts';
import { fieldPolicy } from './policy/fields.ts';
import { labelPolicy } from './policy/labels.ts';
import { typePolicy } from './policy/types.ts';
import { mayCall, operationPolicy, personRoles, systemRoles, type Role } from './policy.ts';
import type { Viewer } from './viewer.ts';

const everyone = [...personRoles, ...systemRoles];

describe('the policy', () => {
  it('lets nobody call what it does not name', () => {
    expect(everyone.some((role) => mayCall('Mutation.dropEverything', [role]))).toBe(false);
    expect(mayCall('Mutation.completeTask', [])).toBe(false);
    expect([mayCall('Query.ownRoles', []), mayCall('Query.ownRoles', ['lis'])]).toEqual([true, false]);
  });

  it('keeps administration, audit and operation apart', () => {
    const operationsOf = (role: string) => Object.keys(operationPolicy).filter((operation) => mayCall(operation, [role]));

    // Beside what everybody does with their own account.
    const actsOf = (role: string) => operationsOf(role).filter((operation) => operation.startsWith('Mutation.') && !personRoles.every((each) => mayCall(operation, [each])));
    const others = everyone.filter((role) => !role.endsWith('-administrator'));

    expect(actsOf('system-administrator').filter((operation) => mayCall(operation, others))).toEqual([]);
    expect(actsOf('auditor')).toEqual([]);
    expect(everyone.filter((role) => mayCall('Query.auditTrail', [role]))).toEqual(['auditor', 'privacy-officer']);
    expect(everyone.filter((role) => mayCall('Mutation.resolveIncident', [role]))).toEqual(['operator']);
  });

  it('shows no patient to whom has no part in their care', () => {
    const clinical = ['Task.patient', 'ProcessInstance.patient', 'ProcessInstance.variables', 'Alert.patient', 'Decision.facts', 'Patient.allergies', 'Patient.latestObservations'];
    for (const role of ['operator', 'process-owner', 'finance', 'system-administrator', 'security-administrator'] satisfies Role[]) {
      expect([role, typePolicy.Patient[role]]).toEqual([role, undefined]);
      for (const field of [...clinical, 'AuditEntry.detail']) expect([field, fieldPolicy[field]?.[role]]).toEqual([field, undefined]);
    }
    for (const field of clinical) expect([field, fieldPolicy[field]?.['privacy-officer']]).toEqual([field, undefined]);
  });

  it('lets nobody who gives care see a patient without a relation', () => {
    for (const role of ['doctor', 'nurse', 'head-nurse', 'pharmacist'] satisfies Role[]) {
      const rows = [...Object.values(typePolicy), ...Object.values(fieldPolicy), ...Object.values(labelPolicy).flatMap(({ fields }) => Object.values(fields))];
      expect(rows.filter((grants) => grants[role]?.includes('hospital'))).toEqual([]);
    }
  });

  it('opens what a case reads of a patient to nobody for having started it', () => {
    for (const field of ['ProcessInstance.variables', 'ProcessInstance.patient', 'ProcessInstance.decisions', 'Decision.facts', 'Patient.name']) {
      expect([field, Object.values(fieldPolicy[field] ?? {}).flat().includes('started')]).toEqual([field, false]);
    }
  });

  it('shows who has the task to give a dose the name, the allergies and the dose, whatever the label', () => {
    for (const field of ['Patient.name', 'Patient.birthDate', 'Patient.encounter', 'Patient.allergyStatus', 'Patient.allergies', 'Patient.weightKg', 'Task.input', 'Task.patient']) {
      expect([field, fieldPolicy[field]?.nurse]).toEqual([field, expect.arrayContaining(['duty'])]);
      for (const { fields } of Object.values(labelPolicy)) expect([field, fields[field] === undefined || fields[field].nurse?.includes('duty')]).toEqual([field, true]);
    }
  });
});

describe('task rights', () => {
  const nurse: Viewer = { id: 'n1', kind: 'person', username: 'n1', displayName: 'n1', roles: ['nurse'], assignments: [{ role: 'nurse', unit: 'W1' }], unit: 'W1', expiresAt: '2026-11-22T20:00:00Z' };
  const open = { status: 'open', candidateRoles: ['nurse'], unit: 'W1', assignee: null };

  it.each([
    ['a free task of the own ward', open, true, true],
    ['a free task of no ward', { ...open, unit: null }, true, true],
    ['a task of another ward', { ...open, unit: 'W2' }, false, false],
    ['a task for another role', { ...open, candidateRoles: ['doctor'] }, false, false],
    ['the own task', { ...open, assignee: 'n1' }, false, true],
    ["someone else's task", { ...open, assignee: 'n2' }, false, false],
    ['a task that has ended', { ...open, status: 'completed' }, false, false],
  ])('of %s', (_what, task, claim, complete) => {
    expect([canClaim(task, nurse), canComplete(task, nurse)]).toEqual([claim, complete]);
  });

  it('come by a role only in the ward in which it is held', () => {
    const both: Viewer = { ...nurse, roles: ['nurse', 'head-nurse'], assignments: [{ role: 'nurse', unit: 'W1' }, { role: 'head-nurse', unit: 'W2' }] };

    expect([canClaim(open, both), canClaim({ ...open, unit: 'W2' }, both), canClaim({ ...open, candidateRoles: ['head-nurse'] }, both), canClaim({ ...open, candidateRoles: ['head-nurse'], unit: 'W2' }, both)]).toEqual([true, false, false, true]);
  });

  it('are none for a role that may not work on tasks, whoever is named in the process', () => {
    expect(canComplete({ ...open, candidateRoles: ['auditor'], unit: null }, { ...nurse, roles: ['auditor'], assignments: [{ role: 'auditor' }] })).toBe(false);
  });
});
