import { safeReturnPath, signInRefusal } from '../session/sign-in.ts';
import { barEntries, homePath, railEntries } from './navigation.ts';

const ids = (entries: readonly { readonly id: string }[]): string[] => entries.map(({ id }) => id);

describe('what a role finds', () => {
  it('is what the role may do', () => {
    expect(ids(railEntries(['nurse']))).toEqual(['scan', 'tasks', 'alerts', 'instances', 'rules', 'find', 'about']);
    expect(ids(railEntries(['operator']))).toEqual(['tasks', 'exceptions', 'instances', 'processes', 'rules', 'about']);
    expect(ids(railEntries(['auditor']))).toEqual(['audit', 'instances', 'rules', 'privacy', 'policy', 'about']);
    expect(ids(railEntries(['system-administrator']))).toEqual(['about']);
  });

  it('is 扫码, 任务, 消息, 我 on a nurse’s phone', () => {
    expect(ids(barEntries(['nurse']))).toEqual(['scan', 'tasks', 'alerts', 'me']);
    expect(barEntries(['doctor']).length).toBeLessThanOrEqual(5);
  });

  it('starts a nurse with a PDA at the scan, others at their first list', () => {
    expect(homePath(['nurse'], true)).toBe('/bedside');
    expect(homePath(['nurse'], false)).toBe('/tasks');
    expect(homePath(['operator'], false)).toBe('/exceptions');
    expect(homePath(['auditor'], false)).toBe('/audit');
    expect(homePath(['finance'], false)).toBe('/rules');
    expect(homePath(['privacy-officer'], false)).toBe('/privacy');
    expect(homePath(['system-administrator'], true)).toBe('/about');
  });
});

describe('signing in', () => {
  it('says what to do for each refusal', () => {
    expect(signInRefusal(401, 'INVALID_USERNAME_OR_PASSWORD').key).toBe('session.wrong');
    expect(signInRefusal(429, undefined).key).toBe('session.locked');
    expect(signInRefusal(500, undefined)).toEqual({ kind: 'refused', key: 'session.failed', code: 'HTTP_500' });
  });

  it('goes back to a path of this app only', () => {
    expect(safeReturnPath('/tasks?view=mine')).toBe('/tasks?view=mine');
    expect(['//evil.example', '/\\evil.example', 'https://evil.example', '/login?x', null].map(safeReturnPath)).toEqual(['/', '/', '/', '/', '/']);
  });
});
