import { clientStanding, rotationStep, type ClientCredential } from './model.ts';

const credential = (status: ClientCredential['status'], createdAt: string, lastUsedAt: string | null = null): ClientCredential => ({ id: createdAt, kind: 'SECRET', identifier: null, status, createdAt, createdBy: null, expiresAt: null, revokedAt: null, lastUsedAt });

describe('a client', () => {
  it('is warned of only when all that works ends soon', () => {
    expect(clientStanding({ revokedAt: null, credentials: [credential('EXPIRES_SOON', '1')] })).toBe('expiresSoon');
    expect(clientStanding({ revokedAt: null, credentials: [credential('EXPIRES_SOON', '1'), credential('ACTIVE', '2')] })).toBe('active');
    expect(clientStanding({ revokedAt: null, credentials: [credential('EXPIRED', '1'), credential('REVOKED', '2')] })).toBe('locked');
    expect(clientStanding({ revokedAt: '2026-01-01T00:00:00Z', credentials: [credential('ACTIVE', '1')] })).toBe('revoked');
  });

  it('changes in two steps: the new one is used first, then the old one ends', () => {
    expect(rotationStep([credential('ACTIVE', '1', '1')])).toBe('single');
    expect(rotationStep([credential('ACTIVE', '1', '1'), credential('ACTIVE', '2')])).toBe('switch');
    expect(rotationStep([credential('ACTIVE', '1', '1'), credential('ACTIVE', '2', '2')])).toBe('end');
    expect(rotationStep([credential('REVOKED', '1', '1'), credential('ACTIVE', '2', '2')])).toBe('single');
  });
});
