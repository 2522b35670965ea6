import { prematureSignal, unfitVersion } from './updates.ts';

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

describe('a migration', () => {
  const body = { bundleHash: 'v2', version: '2', mapping: {}, reason: 'x' };

  it('goes to another version, from the one that its mapping is made for', () => {
    expect(unfitVersion({ ...body, sourceHash: 'v1' }, 'v1')).toBeUndefined();
    expect(unfitVersion(body, 'v1')).toBeUndefined();
    expect(unfitVersion(body, 'v2')).toMatchObject({ code: 'MIGRATION_INVALID', place: 'targetHash' });
    expect(unfitVersion({ ...body, sourceHash: 'v0' }, 'v1')).toMatchObject({ code: 'MIGRATION_INVALID', place: 'sourceHash' });
  });

  it('is the only update that has a version', () => {
    expect(unfitVersion({ taskId: 't7' }, 'v1')).toBeUndefined();
  });
});
