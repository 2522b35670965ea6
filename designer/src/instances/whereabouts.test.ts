import { groupByCause } from '../exceptions/group-incidents.ts';
import type { Incident } from '../graphql/model.ts';
import { readProcessGraph } from './picture/process-graph.ts';
import { whereabouts } from './whereabouts.ts';

const text = (name: string) => ({ 'zh-CN': name, en: name });
const graph = readProcessGraph(
  {
    flowElements: [
      { id: 'dose', type: 'subProcess', name: text('Dose'), flowElements: [{ id: 'give', type: 'userTask', name: text('Give'), candidateRoles: ['nurse'], form: 'x' }, { id: 'dispense', type: 'serviceTask', name: text('Dispense'), activity: 'x' }], sequenceFlows: [] },
      { id: 'wait', type: 'intermediateCatchEvent', name: text('Wait'), event: { kind: 'timer', timeDuration: 'x' } },
    ],
    sequenceFlows: [],
  },
  'en',
);
const active = (...ids: string[]) => ids.map((elementId) => ({ elementId, elementInstanceId: `e-${elementId}`, since: '2026-11-22T06:00:00Z' }));
const facts = (ids: string[], incidents: { elementId: string; kind: 'failed' | 'outcomeUnknown'; resolvedAt: string | null }[] = []) => ({ status: 'running' as const, activeElements: active(...ids), completedElements: [], incidents });

describe('where a case is and what it waits for', () => {
  it('names the innermost steps only', () => {
    expect(whereabouts(graph, facts(['dose', 'give']), []).map(({ elementId }) => elementId)).toEqual(['give']);
    expect(whereabouts(graph, facts(['dose']), []).map(({ elementId }) => elementId)).toEqual(['dose']);
  });

  it('says who is to act: the person who took it, else the roles', () => {
    const task = { elementId: 'give', status: 'open' as const, candidateRoles: ['nurse'], dueAt: '2026-11-22T07:00:00Z', verification: null };

    expect(whereabouts(graph, facts(['give']), [{ ...task, assignee: null }])[0]?.waiting).toEqual({ kind: 'person', roles: ['nurse'], dueAt: '2026-11-22T07:00:00Z' });
    expect(whereabouts(graph, facts(['give']), [{ ...task, assignee: { id: 'li', displayName: '李敏' } }])[0]?.waiting).toMatchObject({ name: '李敏' });
  });

  it('says that a second person has to verify, by that person’s limit', () => {
    const task = { elementId: 'give', status: 'open' as const, candidateRoles: ['pharmacist'], dueAt: null, assignee: null, verification: { performedBy: [], performedAt: '2026-11-22T06:00:00Z', until: '2026-11-22T06:30:00Z' } };

    expect(whereabouts(graph, facts(['give']), [task])[0]?.waiting).toEqual({ kind: 'verifier', roles: ['pharmacist'], dueAt: '2026-11-22T06:30:00Z' });
  });

  it('tells waiting for an event from a system at work, and puts trouble first', () => {
    const places = whereabouts(graph, facts(['wait', 'dispense'], [{ elementId: 'dispense', kind: 'outcomeUnknown', resolvedAt: null }]), []);

    expect(places.map(({ elementId, waiting }) => [elementId, waiting.kind])).toEqual([['dispense', 'unknown'], ['wait', 'event']]);
    expect(whereabouts(graph, facts(['dispense']), [])[0]?.waiting).toEqual({ kind: 'system' });
  });
});

describe('exceptions by cause', () => {
  const incident = (id: string, elementId: string, kind: Incident['kind'], raisedAt: string): Incident => ({ id, incidentId: id, elementId, elementName: null, kind, code: 'C', message: 'm', allowed: [], raisedAt, resolvedAt: null });

  it('are grouped by step and trouble, the largest group first, each since its first', () => {
    const groups = groupByCause([incident('1', 'a', 'failed', '2026-11-22T06:02:00Z'), incident('2', 'b', 'outcomeUnknown', '2026-11-22T06:01:00Z'), incident('3', 'a', 'failed', '2026-11-22T06:00:00Z'), incident('4', 'c', 'failed', '2026-11-22T05:00:00Z')]);

    expect(groups.map(({ sample, incidents, since }) => [sample.elementId, incidents.map(({ id }) => id), since])).toEqual([
      ['a', ['3', '1'], '2026-11-22T06:00:00Z'],
      ['b', ['2'], '2026-11-22T06:01:00Z'],
      ['c', ['4'], '2026-11-22T05:00:00Z'],
    ]);
  });
});
