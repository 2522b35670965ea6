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

  describe('that is not waited for', () => {
    const beside: FlowElement = { ...throwing, event: { kind: 'compensation', waitForCompletion: false } } as FlowElement;
    const process = (...more: readonly FlowElement[]): TestInstance =>
      new TestInstance({ variables: { amount: 'number' }, elements: [start, service('pay'), ...undoes('pay'), beside, service('go'), ...more, end], flows: ['start > pay', 'pay > back', 'back > go', 'go > end'] }).start({ amount: 1 }).answer('pay');

    it('lets the flow go on, and keeps the process open until all is undone', () => {
      const instance = process();

      expect(instance.effects).toEqual(['executeService', 'executeService']);

      instance.answer('go');

      expect(instance.path).toEqual(['start', 'pay', 'back', 'go', 'end']);
      expect(instance.state.status).toBe('running');

      instance.answer('undopay');

      expect(instance.log.at(-2)).toMatchObject({ action: 'compensation.completed', elementId: 'back' });
      expect(instance.path).toEqual(['start', 'pay', 'back', 'go', 'end', 'undopay']);
      expect([instance.state.status, instance.isEmpty]).toEqual(['completed', true]);
    });

    it('takes each flow once, whichever is done first', () => {
      const instance = process().answer('undopay');

      expect(instance.effects).toEqual([]);
      expect(instance.answer('go').path).toEqual(['start', 'pay', 'back', 'undopay', 'go', 'end']);
      expect(instance.isEmpty).toBe(true);
    });

    it('is done at once by handlers that are, and where nothing has completed', () => {
      const undo = script('undopay', 'amount - 1', 'amount');
      const instance = new TestInstance({
        variables: { amount: 'number' },
        elements: [start, script('pay', 'amount + 1', 'amount'), ...undoes('pay').slice(0, 1), { ...undo, isForCompensation: true } as FlowElement, beside, { ...beside, id: 'again' } as FlowElement, end],
        flows: ['start > pay', 'pay > back', 'back > again', 'again > end'],
      }).start({ amount: 1 });

      expect(instance.variables).toEqual({ amount: 1 });
      expect([instance.state.status, instance.isEmpty]).toEqual(['completed', true]);
    });

    it('is waited for all the same by an end event that ends its scope', () => {
      const stop: FlowElement = { id: 'stop', type: 'endEvent', event: { kind: 'multiple', events: [{ kind: 'compensation', waitForCompletion: false }, { kind: 'terminate' }] } };
      const instance = new TestInstance({ elements: [start, service('pay'), ...undoes('pay'), stop], flows: ['start > pay', 'pay > stop'], variables: { amount: 'number' } }).start({ amount: 1 }).answer('pay');

      expect(instance.path).toEqual(['start', 'pay']);
      expect(instance.answer('undopay').path).toEqual(['start', 'pay', 'undopay', 'stop']);
    });

    it('is no token for which an inclusive gateway would wait', () => {
      const split: FlowElement = { id: 'split', type: 'inclusiveGateway' };
      const join: FlowElement = { id: 'join', type: 'inclusiveGateway' };
      const instance = new TestInstance({
        variables: { amount: 'number' },
        elements: [start, service('pay'), ...undoes('pay'), split, beside, { id: 'choose', type: 'exclusiveGateway', default: 'choose_aside' }, { id: 'aside', type: 'endEvent' }, service('go'), join, end],
        flows: ['start > pay', 'pay > split', 'split > back', 'split > go', 'back > choose', 'choose > join: amount > 5', 'choose > aside', 'go > join', 'join > end'],
      }).start({ amount: 1 }).answer('pay').answer('go');

      expect(instance.path.slice(-2)).toEqual(['join', 'end']);
      expect(instance.state.status).toBe('running');
      expect(instance.answer('undopay').isEmpty).toBe(true);
    });

    it('stops with its scope', () => {
      const instance = process();
      instance.send({ type: 'instanceCancelled', reason: 'enough' });

      expect(instance.effects.filter((effect) => effect === 'cancelService')).toHaveLength(2);
      expect(instance.isEmpty).toBe(true);
    });
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
