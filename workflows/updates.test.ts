import { prematureSignal } from './updates.ts';

describe('a signal that comes before its subscription', () => {
  const body = { signal: 'fireAlarm', payload: {}, subscriptionId: 'g7' };

  it('is held back until the instance has come to the subscription that is on record', () => {
    expect(prematureSignal(body, 6)).toMatchObject({ code: 'SUBSCRIPTION_NOT_FOUND' });
    expect(prematureSignal(body, 7)).toBeUndefined();
  });

  it('is the only update that is held back', () => {
    expect(prematureSignal({ taskId: 't7' }, 6)).toBeUndefined();
  });
});
