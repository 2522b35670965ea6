import { readCommandResult } from './command.ts';
import { Intention } from './intention.ts';

describe('the result of a command', () => {
  it('is a payload unless its type is an error', () => {
    expect(readCommandResult({ __typename: 'ClaimTaskPayload', task: { id: 'T' } })).toEqual({ kind: 'accepted', payload: { __typename: 'ClaimTaskPayload', task: { id: 'T' } } });
  });

  it('keeps what a refused check compared', () => {
    expect(readCommandResult({ __typename: 'RefusedError', code: 'COMPLETION_CHECK_FAILED', message: 'm', place: null, checkCode: 'WRONG_DRUG', expected: 'a', scanned: 'b', scannedProduct: { zhCN: '甲', en: 'A' } })).toEqual({
      kind: 'refused',
      refusal: { typename: 'RefusedError', code: 'COMPLETION_CHECK_FAILED', message: 'm', checkCode: 'WRONG_DRUG', expected: 'a', scanned: 'b', scannedProduct: { zhCN: '甲', en: 'A' } },
    });
  });

  it('names the saved cases that keep a draft from review', () => {
    const answer = { __typename: 'RefusedError', code: 'CASES_FAILED', message: 'm' };

    expect(readCommandResult({ ...answer, failedCases: ['a', 'b'] })).toEqual({ kind: 'refused', refusal: { typename: 'RefusedError', code: 'CASES_FAILED', message: 'm', failedCases: ['a', 'b'] } });
    expect(readCommandResult({ ...answer, failedCases: [] })).toEqual({ kind: 'refused', refusal: { typename: 'RefusedError', code: 'CASES_FAILED', message: 'm' } });
  });

  it('is a problem when there is none', () => {
    expect(readCommandResult(null)).toEqual({ kind: 'problem', problem: { kind: 'unexpected', code: 'EMPTY_RESULT' } });
  });
});

describe('an intention', () => {
  const counted = () => {
    let last = 0;
    return () => String((last += 1));
  };

  it('keeps its key while the same thing is sent again without an answer', () => {
    const intention = new Intention(counted());

    expect([intention.keyFor({ a: 1 }), intention.keyFor({ a: 1 })]).toEqual(['1', '1']);
  });

  it('has a new key for another content, and after an answer', () => {
    const intention = new Intention(counted());
    const keys = [intention.keyFor({ a: 1 }), intention.keyFor({ a: 2 })];
    intention.answered();

    expect([...keys, intention.keyFor({ a: 2 })]).toEqual(['1', '2', '3']);
  });
});
