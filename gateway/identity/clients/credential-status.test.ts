import { credentialStatus, endedWithClient } from './credential-status.ts';

const now = new Date('2026-11-23T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

describe('how a credential stands', () => {
  it.each([
    [null, null, 'active'],
    [inDays(31), null, 'active'],
    [inDays(30), null, 'expiresSoon'],
    [inDays(0), null, 'expired'],
    [inDays(31), inDays(-1), 'revoked'],
  ] as const)('with its end at %p and revoked at %p is %s', (expiresAt, revokedAt, status) => {
    expect(credentialStatus({ expiresAt, revokedAt }, now)).toBe(status);
  });

  it('is revoked once the access of its system has ended, and keeps an earlier end', () => {
    const credentials = [{ expiresAt: null, revokedAt: null }, { expiresAt: null, revokedAt: inDays(-3) }];

    const ended = endedWithClient({ credentials, revokedAt: inDays(-1) });

    expect(ended.map(({ revokedAt }) => revokedAt)).toEqual([inDays(-1), inDays(-3)]);
    expect(ended.map((credential) => credentialStatus(credential, now))).toEqual(['revoked', 'revoked']);
    expect(endedWithClient({ credentials, revokedAt: null })).toEqual(credentials);
  });
});
