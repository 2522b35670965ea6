import { scryptSync } from 'node:crypto';
import { hashPassword, verifyPassword } from 'better-auth/crypto';

describe('the hash of a password', () => {
  it('is scrypt, N 16384, r 16, p 1, with 16 random bytes of salt, as docs/security says', async () => {
    const [first, second] = await Promise.all([hashPassword('the quick brown syringe'), hashPassword('the quick brown syringe')]);
    const [salt = '', key] = first.split(':');

    expect(scryptSync('the quick brown syringe', salt, 64, { N: 16_384, r: 16, p: 1, maxmem: 128 * 16_384 * 16 * 2 }).toString('hex')).toBe(key);
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
    expect(second.split(':')[0]).not.toBe(salt);
    expect([await verifyPassword({ hash: first, password: 'the quick brown syringe' }), await verifyPassword({ hash: first, password: 'the quick brown needle' })]).toEqual([true, false]);
  });
});
