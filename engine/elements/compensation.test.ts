import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { TestInstance, end, flowOf, script, service, start } from '../testing/process-builder.ts';

const undoes = (host: string): FlowElement[] => [
  { id: `${host}Undo`, type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'compensation', handler: `undo${host}` } },
  { id: `undo${host}`, type: 'serviceTask', activity: 'test.undo', isForCompensation: true, inputs: [{ target: 'amount', source: 'amount' }] },
];
const throwing: FlowElement = { id: 'back', type: 'intermediateThrowEvent', event: { kind: 'compensation' } };

const booking = (): TestInstance =>
  new TestInstance({
    variables: { amount: 'number' },
    elements: [start, service('pay'), ...undoes('pay'), script('more', 'amount * 2', 'amount'), service('book'), ...undoes('book'), throwing, end],
    flows: ['start > pay', 'pay > more', 'more > book', 'book > back', 'back > end'],
  });
const input = (instance: TestInstance) => instance.commands.flatMap((command) => (command.type === 'executeService' ? [[command.elementId, command.input]] : []));

describe('compensation', () => {
  it('undoes in reverse order, one after the other, each with the data of its time', () => {
    const instance = booking().start({ amount: 10 }).answer('pay').answer('book');

    expect(input(instance)).toEqual([['undobook', { amount: 20 }]]);

    instance.answer('undobook');

    expect(input(instance)).toEqual([['undopay', { amount: 10 }]]);

    instance.answer('undopay');

    expect(instance.path).toEqual(['start', 'pay', 'more', 'book', 'undobook', 'undopay', 'back', 'end']);
    expect(instance.isEmpty).toBe(true);
  });

  it('undoes only the activity that is named, and each only once', () => {
    const instance = new TestInstance({
      variables: { amount: 'number' },
      elements: [start, service('pay'), ...undoes('pay'), service('book'), ...undoes('book'), { ...throwing, event: { kind: 'compensation', activityRef: 'pay' } } as FlowElement, { id: 'all', type: 'endEvent', event: { kind: 'compensation' } }],
      flows: ['start > pay', 'pay > book', 'book > back', 'back > all'],
    }).start({ amount: 1 }).answer('pay').answer('book').answer('undopay').answer('undobook');

    expect(instance.path).toEqual(['start', 'pay', 'book', 'undopay', 'back', 'undobook', 'all']);
    expect(instance.state.status).toBe('completed');
  });

  it('goes on at once when nothing has completed', () => {
    const instance = new TestInstance({ elements: [start, throwing, end], flows: ['start > back', 'back > end'] }).start();

    expect(instance.state.status).toBe('completed');
  });

  it('reaches into a completed sub-process, and keeps what its handler sets', () => {
    const sub: FlowElement = { id: 'sub', type: 'subProcess', flowElements: [{ id: 'in', type: 'startEvent' }, service('pay'), { id: 'payUndo', type: 'boundaryEvent', attachedToRef: 'pay', cancelActivity: true, event: { kind: 'compensation', handler: 'undopay' } }, { id: 'undopay', type: 'scriptTask', isForCompensation: true, script: '0', resultVariable: 'amount' }], sequenceFlows: [flowOf('in > pay')] };
    const instance = new TestInstance({ variables: { amount: 'number' }, elements: [start, sub, throwing, end], flows: ['start > sub', 'sub > back', 'back > end'] }).start({ amount: 9 }).answer('pay');

    expect(instance.path).toEqual(['start', 'in', 'pay', 'sub', 'undopay', 'back', 'end']);
    expect(instance.variables).toEqual({ amount: 0 });
  });

  it('lets a compensation event sub-process undo its sub-process in its own way, with the variables of that time', () => {
    const handler: FlowElement = {
      id: 'undoing', type: 'subProcess', triggeredByEvent: true,
      flowElements: [{ id: 'undo', type: 'startEvent', event: { kind: 'compensation' } }, service('refund', { inputs: [{ target: 'price', source: 'price' }] }), { id: 'inner', type: 'intermediateThrowEvent', event: { kind: 'compensation' } }],
      sequenceFlows: [flowOf('undo > refund'), flowOf('refund > inner')],
    };
    const sub: FlowElement = { id: 'sub', type: 'subProcess', inputs: [{ target: 'price', source: 'amount' }], flowElements: [{ id: 'in', type: 'startEvent' }, service('pay'), ...undoes('pay'), handler], sequenceFlows: [flowOf('in > pay')] };
    const instance = new TestInstance({ variables: { amount: 'number' }, elements: [start, sub, script('spend', '1', 'amount'), throwing, end], flows: ['start > sub', 'sub > spend', 'spend > back', 'back > end'] }).start({ amount: 9 }).answer('pay');

    expect(input(instance)).toEqual([['refund', { price: 9 }]]);

    instance.answer('refund').answer('undopay');

    expect(instance.path).toEqual(['start', 'in', 'pay', 'sub', 'spend', 'undo', 'refund', 'undopay', 'inner', 'undoing', 'back', 'end']);
    expect(instance.isEmpty).toBe(true);
  });

  it('undoes every item of a multi-instance activity', () => {
    const instance = new TestInstance({
      variables: { items: 'list', amount: 'number' },
      elements: [start, service('pay', { multiInstance: { kind: 'multiInstance', sequential: true, collection: 'items', elementVariable: 'amount' } }), ...undoes('pay'), throwing, end],
      flows: ['start > pay', 'pay > back', 'back > end'],
    }).start({ items: [1, 2] }).answer('pay').answer('pay');

    expect(input(instance)).toEqual([['undopay', { amount: 2 }]]);
    expect(input(instance.answer('undopay'))).toEqual([['undopay', { amount: 1 }]]);
    expect(instance.answer('undopay').state.status).toBe('completed');
  });

  it('stops with the scope that it runs in', () => {
    const instance = booking().start({ amount: 1 }).answer('pay').answer('book');
    instance.send({ type: 'instanceCancelled', reason: 'enough' });

    expect(instance.effects).toEqual(['cancelService', 'endInstance']);
    expect(instance.isEmpty).toBe(true);
  });
});

describe('a transaction', () => {
  const transaction: FlowElement = {
    id: 'buy', type: 'transaction',
    flowElements: [{ id: 'in', type: 'startEvent' }, { id: 'split', type: 'parallelGateway' }, service('pay'), ...undoes('pay'), service('wait'), { id: 'choose', type: 'exclusiveGateway', default: 'choose_good' }, { id: 'good', type: 'endEvent' }, { id: 'bad', type: 'endEvent', event: { kind: 'cancel' } }],
    sequenceFlows: ['in > split', 'split > pay', 'split > wait', 'pay > choose', 'choose > bad: amount > 5', 'choose > good'].map(flowOf),
  };
  const process = (): TestInstance =>
    new TestInstance({
      variables: { amount: 'number' },
      elements: [start, transaction, { id: 'undone', type: 'boundaryEvent', attachedToRef: 'buy', cancelActivity: true, event: { kind: 'cancel' } }, service('tell'), end],
      flows: ['start > buy', 'buy > end', 'undone > tell', 'tell > end'],
    });

  it('is undone by a cancel end event: what runs stops, what completed is compensated, then it leaves over the cancel event', () => {
    const instance = process().start({ amount: 9 }).answer('pay');

    expect(instance.effects).toEqual(['cancelService', 'executeService']);

    instance.answer('undopay');

    expect(instance.path).toEqual(['start', 'in', 'split', 'pay', 'choose', 'bad', 'undopay', 'undone']);
    expect(instance.answer('tell').isEmpty).toBe(true);
  });

  it('completes like any sub-process otherwise', () => {
    const instance = process().start({ amount: 1 }).answer('pay').answer('wait');

    expect(instance.path).toEqual(['start', 'in', 'split', 'pay', 'choose', 'good', 'wait', 'buy', 'end']);
  });
});
