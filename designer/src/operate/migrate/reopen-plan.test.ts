import { readProcessGraph } from '../../instances/picture/process-graph.ts';
import { reopenOverlay, toggled } from './reopen-plan.ts';

const graph = readProcessGraph({ flowElements: [{ id: 'review', type: 'task' }, { id: 'late', type: 'boundaryEvent', attachedToRef: 'review', cancelActivity: true, event: { kind: 'timer', timeDuration: 'x' } }, { id: 'end', type: 'endEvent' }], sequenceFlows: [] }, 'en');

describe('the steps at which a case is reopened', () => {
  it('are picked and put back, and are never begun by an event', () => {
    expect(toggled(['end'], 'review', graph)).toEqual(['end', 'review']);
    expect(toggled(['end', 'review'], 'end', graph)).toEqual(['review']);
    expect([toggled([], 'late', graph), toggled([], 'elsewhere', graph)]).toEqual([[], []]);
  });

  it('are marked in the picture with their numbers', () => {
    const { marks, badges } = reopenOverlay(['end'], graph, { t: (key, values) => `${key} ${String(values?.['number'])}` });

    expect([...marks]).toEqual([['review', 'pickable'], ['end', 'begin']]);
    expect([...badges]).toEqual([['end', 'operate.badge.start 1']]);
  });
});
