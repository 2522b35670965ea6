import { signClaims, verifyClaims } from './claims.ts';

describe('claims', () => {
  const secret = Buffer.alloc(32, 3);
  const nurse = { id: 'nurse-1', kind: 'person', roles: ['nurse'], unit: 'W1' } as const;
  const claims = signClaims(secret, 'instance-1', 'command-1', nurse);

  it('verify for the instance, command and actor that they were signed for', () => {
    expect(verifyClaims(secret, 'instance-1', claims)).toBe(true);
  });

  it.each([
    ['another instance', 'instance-2', claims],
    ['another command', 'instance-1', { ...claims, commandId: 'command-2' }],
    ['another person', 'instance-1', { ...claims, actor: { ...nurse, id: 'nurse-2' } }],
    ['a further role', 'instance-1', { ...claims, actor: { ...nurse, roles: ['nurse', 'doctor'] } }],
    ['another ward', 'instance-1', { ...claims, actor: { ...nurse, unit: 'W2' } }],
    ['no signature', 'instance-1', { ...claims, signature: '' }],
  ])('do not verify for %s', (_what, instanceId, forged) => {
    expect(verifyClaims(secret, instanceId, forged)).toBe(false);
  });

  it('do not verify with another secret', () => {
    expect(verifyClaims(Buffer.alloc(32, 4), 'instance-1', claims)).toBe(false);
  });
});
