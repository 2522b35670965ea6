import { mayOperate, offeredOperations, operationNamed } from './operations.ts';
import { afterAnswer, afterReading, isEditable } from './stage.ts';
import { parseTyped, variablesOf } from './variable-rows.ts';

describe('the operations at a case', () => {
  it('are those that fit how it stands', () => {
    expect(offeredOperations('running', ['operator'])).toEqual(['pause', 'move', 'migrate', 'cancel']);
    expect(offeredOperations('paused', ['operator'])).toEqual(['resume', 'move', 'migrate', 'cancel']);
    expect((['completed', 'cancelled', 'failed'] as const).map((status) => offeredOperations(status, ['operator']))).toEqual([['reopen'], ['reopen'], ['reopen']]);
  });

  it('are only for who may', () => {
    expect(offeredOperations('running', ['doctor'])).toEqual(['cancel']);
    expect(offeredOperations('running', ['nurse', 'auditor'])).toEqual([]);
    expect([mayOperate(['operator']), mayOperate(['doctor']), mayOperate(['nurse'])]).toEqual([true, true, false]);
  });

  it('are read from the address, and nothing else is', () => {
    expect([operationNamed('move'), operationNamed('explode'), operationNamed(null)]).toEqual(['move', undefined, undefined]);
  });
});

describe('how far an operation is', () => {
  it('is done only when the case has answered, or shows the effect', () => {
    expect(afterAnswer({ kind: 'accepted', payload: { pending: false } })).toEqual({ stage: 'done' });
    const waiting = afterAnswer({ kind: 'accepted', payload: { pending: true } });
    expect(waiting).toEqual({ stage: 'processing' });
    expect([afterReading(waiting, false), afterReading(waiting, true), afterReading({ stage: 'editing' }, true)]).toEqual([{ stage: 'processing' }, { stage: 'done' }, { stage: 'editing' }]);
  });

  it('can be written again after a refusal or silence, and not while it is under way', () => {
    const refused = afterAnswer({ kind: 'refused', refusal: { typename: 'ConflictError', code: 'INSTANCE_NOT_RUNNING', message: 'The case has ended' } });
    const silent = afterAnswer({ kind: 'problem', problem: { kind: 'network', code: 'NETWORK' } });

    expect([refused, silent, { stage: 'submitted' as const }, { stage: 'processing' as const }, { stage: 'done' as const }].map(isEditable)).toEqual([true, true, false, false, false]);
  });
});

describe('values that an operator sets', () => {
  it('are of the type that the process declares', () => {
    expect([parseTyped('number', ' 2.5 '), parseTyped('boolean', 'false'), parseTyped('string', ' a '), parseTyped('date', '2026-11-22'), parseTyped('list', '[1]'), parseTyped('object', '{"a":1}')]).toEqual([{ value: 2.5 }, { value: false }, { value: ' a ' }, { value: '2026-11-22' }, { value: [1] }, { value: { a: 1 } }]);
    expect(parseTyped('dateTime', '2026-11-22T14:05+08:00')).toEqual({ value: '2026-11-22T06:05:00.000Z' });
  });

  it.each([['number', '2,5', 'number'], ['number', '', 'empty'], ['date', '22.11.2026', 'date'], ['dateTime', 'soon', 'date'], ['object', '[1]', 'json'], ['list', '{"a"', 'json']])('are refused where they are not: %s %s', (type, typed, problem) => {
    expect(parseTyped(type, typed)).toEqual({ problem });
  });

  it('are sent only when all of them are right', () => {
    const declared = [{ name: 'amount', type: 'number', required: true, description: null }];

    expect(variablesOf([{ name: 'amount', typed: '250' }], declared)).toEqual({ amount: 250 });
    expect(variablesOf([{ name: 'amount', typed: 'much' }], declared)).toBeUndefined();
    expect(variablesOf([], declared)).toEqual({});
  });
});
