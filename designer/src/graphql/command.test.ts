import type { Client } from 'urql';
import { answerReauthentication } from '../session/reauthentication.ts';
import { defineDocument } from './client.ts';
import { readCommandResult, sendCommand } from './command.ts';
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

describe('a command that needs a recent sign-in', () => {
  const document = defineDocument<Record<string, unknown>, { input: { idempotencyKey: string } }>('mutation A($input: AInput!) { a(input: $input) { __typename } }');
  const input = { idempotencyKey: 'k1' };
  /** Answers as a server does that wants it once, and keeps what it was sent. */
  function server(): { readonly client: Client; readonly sent: unknown[] } {
    const sent: unknown[] = [];
    const answers = [{ __typename: 'ForbiddenError', code: 'REAUTHENTICATION_REQUIRED', message: 'm' }, { __typename: 'APayload' }];
    const mutation = (_document: unknown, variables: unknown) => ({ toPromise: async () => ({ data: { a: answers[Math.min(sent.push(variables), answers.length) - 1] } }) });
    // All that sending a command asks of a client.
    return { client: { mutation } as unknown as Client, sent };
  }

  it('is sent again with its key once the person has shown who they are', async () => {
    const { client, sent } = server();
    const end = answerReauthentication(async () => true);

    expect(await sendCommand(client, document, { input })).toMatchObject({ kind: 'accepted' });

    expect(sent).toEqual([{ input }, { input }]);
    end();
  });

  it('stays refused when they do not, or nobody asks', async () => {
    const { client, sent } = server();
    const end = answerReauthentication(async () => false);

    expect(await sendCommand(client, document, { input })).toMatchObject({ kind: 'refused', refusal: { code: 'REAUTHENTICATION_REQUIRED' } });
    end();

    expect(sent).toHaveLength(1);
    expect(await sendCommand(server().client, document, { input })).toMatchObject({ kind: 'refused' });
  });

  it('shares one question with others at the same time', async () => {
    let questions = 0;
    const end = answerReauthentication(async () => (questions += 1) > 0);

    const results = await Promise.all([server(), server()].map(({ client }) => sendCommand(client, document, { input })));

    expect(results.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
    expect(questions).toBe(1);
    end();
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
