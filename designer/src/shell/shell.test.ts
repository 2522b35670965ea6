import { readInstallation } from '../app/installation.tsx';
import { authRefusal } from '../session/auth-door.ts';
import { safeReturnPath } from '../session/sign-in.ts';
import { barEntries, homePath, railEntries } from './navigation.ts';

const ids = (entries: readonly { readonly id: string }[]): string[] => entries.map(({ id }) => id);

describe('what a role finds', () => {
  it('is what the role may do', () => {
    expect(ids(railEntries(['nurse']))).toEqual(['scan', 'tasks', 'alerts', 'instances', 'rules', 'find', 'about']);
    expect(ids(railEntries(['operator']))).toEqual(['tasks', 'exceptions', 'instances', 'processes', 'rules', 'about']);
    expect(ids(railEntries(['auditor']))).toEqual(['audit', 'instances', 'rules', 'people', 'wards', 'licences', 'privacy', 'policy', 'about']);
    expect(ids(railEntries(['privacy-officer']))).toEqual(['privacy', 'find', 'policy', 'about']);
    expect(ids(railEntries(['system-administrator']))).toEqual(['people', 'wards', 'recovery', 'about']);
    expect(ids(railEntries(['security-administrator']))).toEqual(['people', 'wards', 'licences', 'policy', 'recovery', 'security', 'clients', 'about']);
  });

  it('is 扫码, 任务, 消息, 我 on a nurse’s phone', () => {
    expect(ids(barEntries(['nurse']))).toEqual(['scan', 'tasks', 'alerts', 'me']);
    expect(barEntries(['doctor']).length).toBeLessThanOrEqual(5);
  });

  it('starts a nurse with a PDA at the scan, others at their first list', () => {
    expect(homePath(['nurse'], true)).toBe('/bedside');
    expect(homePath(['nurse'], false)).toBe('/tasks');
    expect(homePath(['operator'], false)).toBe('/exceptions');
    expect(homePath(['process-owner'], false)).toBe('/processes');
    expect(homePath(['process-owner', 'doctor'], false)).toBe('/tasks');
    expect(homePath(['auditor'], false)).toBe('/audit');
    expect(homePath(['finance'], false)).toBe('/rules');
    expect(homePath(['privacy-officer'], false)).toBe('/privacy');
    expect(homePath(['system-administrator'], true)).toBe('/admin/people');
    expect(homePath([], false)).toBe('/me');
  });
});

describe('signing in', () => {
  it('says what to do for each refusal', () => {
    expect(authRefusal(401, 'INVALID_USERNAME_OR_PASSWORD').key).toBe('session.wrong');
    expect(authRefusal(429, 'TOO_MANY_ATTEMPTS').key).toBe('session.locked');
    expect(authRefusal(429, undefined).key).toBe('session.rateLimited');
    expect(authRefusal(401, 'CODE_REUSED').key).toBe('factor.code.reused');
    expect(authRefusal(500, undefined)).toEqual({ kind: 'refused', key: 'session.failed', code: 'HTTP_500' });
  });

  it('goes back to a path of this app only', () => {
    expect(safeReturnPath('/tasks?view=mine')).toBe('/tasks?view=mine');
    expect(['//evil.example', '/\\evil.example', 'https://evil.example', '/login?x', null].map(safeReturnPath)).toEqual(['/', '/', '/', '/', '/']);
  });
});

describe('what the server says of itself', () => {
  it('is the demo only when it says so, and names the hospital’s ways to sign in that lead to our own doors', () => {
    const hospital = { id: 'directory', name: { 'zh-CN': '统一身份认证', en: 'Hospital account' } };

    expect(readInstallation({ isDemo: true, signOn: [hospital, { ...hospital, id: '../evil' }, { id: 'x' }, null] })).toEqual({ isDemo: true, signOn: [hospital] });
    for (const answer of [null, 'x', {}, { isDemo: 'true', signOn: 'x' }]) expect(readInstallation(answer)).toEqual({ isDemo: false, signOn: [] });
  });
});
