import { readProcessGraph } from '../instances/picture/process-graph.ts';
import { emptyPlan, hasMoved, inMode, inRun, lackOf, pick, pickable, toModifyInstructions, undo, type MovePlan } from './move-plan.ts';

/** start → review (timer on its border) → dose { give } → undo, an activity that only compensation begins → end. */
const graph = readProcessGraph(
  {
    flowElements: [
      { id: 'start', type: 'startEvent' },
      { id: 'review', type: 'userTask', candidateRoles: [], form: 'f' },
      { id: 'late', type: 'boundaryEvent', attachedToRef: 'review', cancelActivity: true, event: { kind: 'timer', timeDuration: 'x' } },
      { id: 'undo', type: 'serviceTask', activity: 'a', isForCompensation: true },
      { id: 'dose', type: 'subProcess', flowElements: [{ id: 'give', type: 'userTask', candidateRoles: [], form: 'f' }], sequenceFlows: [] },
      { id: 'onStop', type: 'subProcess', triggeredByEvent: true, flowElements: [], sequenceFlows: [] },
      { id: 'end', type: 'endEvent' },
    ],
    sequenceFlows: [],
  },
  'en',
);
const at = (elementId: string, elementInstanceId: string) => ({ elementId, elementInstanceId, since: null });
const tokens = [at('review', 'e1'), at('dose', 'e2'), at('give', 'e3')];
const picked = (plan: MovePlan, ...ids: string[]): MovePlan => ids.reduce((before, id) => pick(before, id, tokens, graph), plan);

describe('what an operator collects to move a case', () => {
  it('takes a step up where the case stands, and puts it down where a case can begin', () => {
    expect([...pickable(emptyPlan, tokens, graph)]).toEqual(['review', 'dose', 'give']);
    expect([...pickable(picked(emptyPlan, 'review'), tokens, graph)]).toEqual(['start', 'review', 'dose', 'give', 'end']);
    expect(picked(emptyPlan, 'review', 'end')).toEqual({ mode: 'move', instructions: [{ kind: 'move', token: at('review', 'e1'), to: 'end' }] });
  });

  it('changes nothing when what is picked cannot be named now', () => {
    expect(picked(emptyPlan, 'end')).toBe(emptyPlan);
    expect(picked(emptyPlan, 'review', 'late').instructions).toEqual([]);
    expect(picked(picked(emptyPlan, 'review', 'end'), 'review').taken).toBeUndefined();
  });

  it('puts a step back that is picked again, and undoes one thing at a time', () => {
    const moved = picked(emptyPlan, 'review', 'end');

    expect(picked(emptyPlan, 'review', 'review')).toEqual(emptyPlan);
    expect(undo(picked(moved, 'give'))).toEqual(moved);
    expect(undo(moved)).toEqual(emptyPlan);
    expect(undo(emptyPlan)).toEqual(emptyPlan);
  });

  it('collects moves, beginnings and ends, as the gateway takes them', () => {
    const plan = picked(inMode(picked(inMode(picked(emptyPlan, 'review', 'end'), 'start'), 'give'), 'end'), 'give');

    expect(toModifyInstructions(inRun(plan, 1, 'e2'))).toEqual([{ elementInstanceId: 'e1', elementId: 'end' }, { elementId: 'give', ancestorId: 'e2' }, { elementInstanceId: 'e3' }]);
  });
});

describe('a plan that cannot be sent', () => {
  const lack = (plan: MovePlan, standing = tokens) => lackOf(plan, standing, graph);

  it('is empty, or half said', () => {
    expect(lack(emptyPlan)).toBe('nothing');
    expect(lack(picked(emptyPlan, 'review'))).toBe('half');
    expect(lack(picked(emptyPlan, 'review', 'end'))).toBeUndefined();
  });

  it('leaves a step at which the case no longer is', () => {
    expect(lack(picked(emptyPlan, 'review', 'end'), [at('give', 'e3')])).toBe('gone');
  });

  it('begins inside a sub-process that runs several times, without saying in which run', () => {
    const plan = picked(inMode(emptyPlan, 'start'), 'give');
    const twice = [...tokens, at('dose', 'e4')];

    expect(lack(plan)).toBeUndefined();
    expect(lack(plan, twice)).toBe('run');
    expect(lack(inRun(plan, 0, 'e4'), twice)).toBeUndefined();
  });

  it('would leave nothing of the case', () => {
    const ending = inMode(emptyPlan, 'end');

    expect(lack(picked(ending, 'review'))).toBeUndefined();
    expect(lack(picked(ending, 'review', 'give'))).toBe('everything');
    expect(lack(picked(ending, 'review', 'dose'))).toBe('everything');
    expect(lack(picked(inMode(picked(ending, 'review', 'give'), 'start'), 'start'))).toBeUndefined();
  });
});

describe('the effect of a plan', () => {
  it('is seen once what it leaves is left, or once a new step is there', () => {
    const moved = picked(emptyPlan, 'review', 'end');
    const begun = picked(inMode(emptyPlan, 'start'), 'start');

    expect([hasMoved(moved, tokens, tokens), hasMoved(moved, tokens, [at('give', 'e3')])]).toEqual([false, true]);
    expect([hasMoved(begun, tokens, [at('give', 'e3')]), hasMoved(begun, tokens, [...tokens, at('start', 'e9')])]).toEqual([false, true]);
  });
});
