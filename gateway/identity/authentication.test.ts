import { graveOperations, recentMs, requireRecentAuthentication } from './authentication.ts';
import { operationPolicy } from './policy.ts';
import type { Viewer } from './viewer.ts';

const now = Date.parse('2026-11-23T08:00:00Z');
const viewer: Viewer = { id: 'p1', kind: 'person', username: 'p1', displayName: 'p1', roles: [], assignments: [], expiresAt: '2026-11-23T20:00:00Z' };
const at = (ageMs: number): Viewer => ({ ...viewer, authenticatedAt: new Date(now - ageMs).toISOString() });

describe('a recent sign-in', () => {
  it('is one of the last quarter of an hour', () => {
    expect(() => requireRecentAuthentication(at(recentMs - 1), now)).not.toThrow();
    expect(() => requireRecentAuthentication(at(recentMs), now)).toThrow(expect.objectContaining({ code: 'REAUTHENTICATION_REQUIRED' }));
  });

  it('is none where nothing is known of it, and not asked of systems', () => {
    expect(() => requireRecentAuthentication(viewer, now)).toThrow(expect.objectContaining({ code: 'REAUTHENTICATION_REQUIRED' }));
    expect(() => requireRecentAuthentication({ ...viewer, kind: 'system' }, now)).not.toThrow();
  });

  it('is needed for operations that there are', () => {
    expect(graveOperations.filter((operation) => !(operation in operationPolicy))).toEqual([]);
  });
});
