import { actorAt } from './acting.ts';
import type { Viewer, ViewerRole } from './viewer.ts';

const viewer = (...assignments: ViewerRole[]): Viewer => ({ id: 'p1', kind: 'person', username: 'p1', displayName: 'p1', roles: [...new Set(assignments.map(({ role }) => role))], assignments, expiresAt: '2026-11-22T20:00:00Z' });
const task = { candidateRoles: ['nurse'], unit: 'W1' };

describe('who acts at a task', () => {
  it('has the roles of its unit alone', () => {
    const both = viewer({ role: 'nurse', unit: 'W1' }, { role: 'head-nurse', unit: 'W1' }, { role: 'doctor', unit: 'W2' }, { role: 'pharmacist' });

    expect(actorAt(both, task)).toEqual({ id: 'p1', kind: 'person', roles: ['nurse', 'head-nurse', 'pharmacist'], unit: 'W1' });
    expect(actorAt(both, { candidateRoles: ['pharmacist'], unit: 'W1' })).toEqual({ id: 'p1', kind: 'person', roles: ['nurse', 'head-nurse', 'pharmacist'] });
  });

  it('acts on behalf of whose role it is, where only a passed-on one fits', () => {
    const substitute = viewer({ role: 'nurse', unit: 'W1', onBehalfOf: 'p2' }, { role: 'nurse', unit: 'W2' });

    expect(actorAt(substitute, task)).toEqual({ id: 'p1', kind: 'person', roles: ['nurse'], unit: 'W1', onBehalfOf: 'p2' });
    expect(actorAt(substitute, { ...task, unit: 'W2' })).toEqual({ id: 'p1', kind: 'person', roles: ['nurse'], unit: 'W2' });
  });

  it('acts for themselves where their own role fits as well, without roles of others', () => {
    const own = viewer({ role: 'doctor', unit: 'W1', onBehalfOf: 'p3' }, { role: 'nurse', unit: 'W1', onBehalfOf: 'p2' }, { role: 'nurse', unit: 'W1' });

    expect(actorAt(own, task)).toEqual({ id: 'p1', kind: 'person', roles: ['nurse'], unit: 'W1' });
    expect(actorAt(own, { ...task, candidateRoles: ['doctor'] })).toMatchObject({ roles: ['doctor', 'nurse'], onBehalfOf: 'p3' });
  });

  it('has no role at a task of a third ward', () => {
    expect(actorAt(viewer({ role: 'nurse', unit: 'W1' }, { role: 'nurse', unit: 'W2' }), { ...task, unit: 'W3' })).toEqual({ id: 'p1', kind: 'person', roles: [] });
  });

  it('is a system as it is', () => {
    expect(actorAt({ ...viewer({ role: 'his' }), kind: 'system' }, { candidateRoles: ['his'], unit: 'W1' })).toEqual({ id: 'p1', kind: 'system', roles: ['his'] });
  });
});
