import { canClaim, canComplete } from './task-rights.ts';
import { fieldPolicy, maySee, mayCall, operationPolicy, personRoles, reachOf, systemRoles } from './policy.ts';
import type { Viewer } from './viewer.ts';

const everyone = [...personRoles, ...systemRoles];

describe('the policy', () => {
  it('lets nobody call what it does not name', () => {
    expect(everyone.some((role) => mayCall('Mutation.dropEverything', [role]))).toBe(false);
    expect(mayCall('Mutation.completeTask', [])).toBe(false);
  });

  it('keeps administration, audit and operation apart', () => {
    const operationsOf = (role: string) => Object.keys(operationPolicy).filter((operation) => mayCall(operation, [role]));

    // Beside what everybody does with their own account.
    const actsOf = (role: string) => operationsOf(role).filter((operation) => operation.startsWith('Mutation.') && !personRoles.every((each) => mayCall(operation, [each])));
    const others = everyone.filter((role) => !role.endsWith('-administrator'));

    expect(actsOf('system-administrator').filter((operation) => mayCall(operation, others))).toEqual([]);
    expect(actsOf('auditor')).toEqual([]);
    expect(everyone.filter((role) => mayCall('Query.auditTrail', [role]))).toEqual(['auditor']);
    expect(everyone.filter((role) => mayCall('Mutation.resolveIncident', [role]))).toEqual(['operator']);
  });

  it('shows no patient to whom has no part in their care', () => {
    for (const role of ['operator', 'process-owner', 'system-administrator', 'security-administrator', 'privacy-officer']) {
      expect(reachOf('Patient', [role])).toBeUndefined();
      for (const field of ['Task.patient', 'ProcessInstance.patient', 'ProcessInstance.variables', 'AuditEntry.detail', 'Alert.patient']) expect([field, maySee(field, [role])]).toEqual([field, false]);
    }
    expect(Object.keys(fieldPolicy).every((field) => maySee(field, ['nurse']))).toBe(true);
  });

  it('takes the widest reach of several roles', () => {
    expect(reachOf('Task', ['nurse'])).toBe('duty');
    expect(reachOf('Task', ['nurse', 'head-nurse'])).toBe('ward');
    expect(reachOf('Task', ['head-nurse', 'auditor'])).toBe('all');
    expect(reachOf('Task', ['system-administrator'])).toBeUndefined();
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

  it('are none for a role that may not work on tasks, whoever is named in the process', () => {
    expect(canComplete({ ...open, candidateRoles: ['auditor'], unit: null }, { ...nurse, roles: ['auditor'] })).toBe(false);
  });
});
