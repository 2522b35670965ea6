import type { DoorFact } from '../graphql/door-fact.ts';
import type { Viewer } from '../identity/viewer.ts';
import { createLimits } from './index.ts';

const person = (id: string, sessionId = `session of ${id}`): Viewer => ({ id, kind: 'person', username: id, displayName: id, roles: ['nurse'], assignments: [{ role: 'nurse' }], sessionId, expiresAt: '2100-01-01T00:00:00Z' });
const system = (id: string, pointsPerMinute?: number): Viewer => ({ id, kind: 'system', username: id, displayName: id, roles: ['his'], assignments: [{ role: 'his' }], ...(pointsPerMinute === undefined ? {} : { pointsPerMinute }), expiresAt: '2100-01-01T00:00:00Z' });

function limitsWith(numbers: object = {}) {
  const facts: DoorFact[] = [];
  const warnings: string[] = [];
  const limits = createLimits({ recordFact: async (fact) => void facts.push(fact), logger: { warn: (_fields: object, message: string) => void warnings.push(message) } as never, numbers: { personPointsPerMinute: 100, clientPointsPerMinute: 50, personRequestPoints: 10, clientRequestPoints: 10, hookPoints: 20, subscriptionsPerSession: 2, subscriptionsPerClient: 3, tokensPerMinute: 2, failuresPerMinute: 3, refusedAfterMs: 0, ...numbers } });
  return { limits, facts, warnings };
}

describe('points', () => {
  it('are each account’s own: one that has none left does not take from another', async () => {
    const { limits } = limitsWith();

    for (let request = 0; request < 10; request += 1) expect((await limits.countRequest(person('a'))).isAllowed).toBe(true);
    expect((await limits.countRequest(person('a'))).isAllowed).toBe(false);
    expect((await limits.countRequest(person('b'))).isAllowed).toBe(true);
    expect((await limits.countRequest(system('a'))).isAllowed).toBe(true);
  });

  it('count what an operation asks for, and the calls of services', async () => {
    const { limits } = limitsWith();

    expect((await limits.spend(person('a'), 101)).isAllowed).toBe(false);
    expect((await limits.countHook(system('his'))).isAllowed).toBe(true);
    expect((await limits.countHook(system('his'))).isAllowed).toBe(true);
    expect((await limits.countHook(system('his'))).isAllowed).toBe(false);
  });

  it('are counted by each gateway for itself: two of them let twice the limit pass, and none more than its own', async () => {
    const gateways = [limitsWith().limits, limitsWith().limits];

    const allowed = await Promise.all(gateways.map(async (limits) => (await Promise.all(Array.from({ length: 20 }, () => limits.countRequest(person('a'))))).filter(({ isAllowed }) => isAllowed).length));

    expect(allowed).toEqual([10, 10]);
  });

  it('of a system are those of its row, where it has some', async () => {
    const { limits } = limitsWith();

    expect((await limits.spend(system('own', 5_000), 4_000)).isAllowed).toBe(true);
    expect((await limits.spend(system('small', 5), 6)).isAllowed).toBe(false);
  });

  it('tell what is left, and when to come again', async () => {
    const { limits } = limitsWith();

    expect((await limits.countRequest(person('a'))).headers).toEqual({ 'ratelimit-policy': '"points";q=100;w=60', ratelimit: '"points";r=90;t=60' });
    const refused = await limits.spend(person('a'), 1_000);
    expect(refused.headers).toMatchObject({ ratelimit: expect.stringMatching(/^"points";r=0;t=\d+$/), 'retry-after': expect.stringMatching(/^\d+$/) });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('put one entry a minute on record for each account that meets its limit', async () => {
    const { limits, facts } = limitsWith();

    for (let request = 0; request < 50; request += 1) await limits.spend(person('a'), 200);
    await limits.spend(person('b'), 200);

    const byAccount = new Map<string, Set<string>>();
    for (const { actor, factId } of facts) byAccount.set(actor.id, (byAccount.get(actor.id) ?? new Set()).add(factId));
    expect(facts[0]).toMatchObject({ action: 'access.refused', reason: 'RATE_LIMITED' });
    expect([...byAccount.keys()]).toEqual(['a', 'b']);
    // The minute may change in between.
    expect(facts.filter(({ actor }) => actor.id === 'a').length).toBeLessThanOrEqual(2);
  });

  it('let a refusal wait, and nothing else', async () => {
    const { limits } = limitsWith({ refusedAfterMs: 1_000 });
    const took = async (points: number) => {
      const begun = performance.now();
      await limits.spend(person('a'), points);
      return performance.now() - begun;
    };

    expect(await took(1)).toBeLessThan(500);
    expect(await took(100)).toBeGreaterThanOrEqual(990);
  });

  it('let everything pass when they cannot be counted, and say so', async () => {
    const { limits, warnings } = limitsWith();

    const broken = { ...person('a'), get id(): string { throw new Error('no id'); } };
    expect((await limits.countRequest(broken)).isAllowed).toBe(true);
    expect(warnings.length).toBeGreaterThan(0);
  });

  it('refuse also when the refusal cannot be recorded', async () => {
    const limits = createLimits({ recordFact: () => Promise.reject(new Error('no database')), logger: { warn: () => undefined } as never, numbers: { personPointsPerMinute: 10, refusedAfterMs: 0 } });

    expect((await limits.spend(person('a'), 11)).isAllowed).toBe(false);
  });
});

describe('open subscriptions', () => {
  it('are bounded for each session, and free again once they are closed, each once', () => {
    const { limits } = limitsWith();
    const first = limits.openSubscription(person('a'));
    limits.openSubscription(person('a'));

    expect(limits.openSubscription(person('a'))).toBeUndefined();
    expect(limits.openSubscription(person('a', 'another session'))).toBeDefined();
    first?.();
    first?.();
    expect(limits.openSubscription(person('a'))).toBeDefined();
    expect(limits.openSubscription(person('a'))).toBeUndefined();
  });

  it('are bounded for each client', () => {
    const { limits } = limitsWith();

    expect(Array.from({ length: 4 }, () => limits.openSubscription(system('his')) !== undefined)).toEqual([true, true, true, false]);
  });
});

describe('the doors of clients', () => {
  it('give a client so many tokens a minute, whatever others ask', async () => {
    const { oauth } = limitsWith().limits;

    expect([await oauth.countToken('his'), await oauth.countToken('his')]).toEqual([undefined, undefined]);
    expect(await oauth.countToken('his')).toBeGreaterThan(0);
    expect(await oauth.blockedFor('10.0.0.1', 'his')).toBeGreaterThan(0);
    expect(await oauth.blockedFor('10.0.0.1', 'lis')).toBeUndefined();
    expect(await oauth.countToken('lis')).toBeUndefined();
  });

  it('stop an address that fails too often, and no other; nobody loses the tokens of another by failing', async () => {
    const { oauth } = limitsWith().limits;
    for (let failure = 0; failure < 3; failure += 1) await oauth.failed('10.0.0.1');

    expect(await oauth.blockedFor('10.0.0.1', 'his')).toBeGreaterThan(0);
    expect(await oauth.blockedFor('10.0.0.2', 'his')).toBeUndefined();
    expect(await oauth.countToken('his')).toBeUndefined();
  });
});
