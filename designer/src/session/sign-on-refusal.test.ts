import { readFileSync } from 'node:fs';
import { authRefusal } from './auth-door.ts';
import { signOnRefusal } from './sign-on-refusal.ts';

describe('a refusal of the hospital sign-on', () => {
  it('has a sentence for every code of the gateway', () => {
    const source = readFileSync(new URL('../../../gateway/identity/oidc/sign-on-refusal.ts', import.meta.url), 'utf8');
    const codes = [...source.matchAll(/^ {2}'(SIGN_ON_[A-Z_]+)',$/gm)].map(([, code]) => code);

    expect(codes.length).toBeGreaterThan(8);
    expect(codes.filter((code) => signOnRefusal(code) === undefined)).toEqual([]);
  });

  it('says nothing for what is no code', () => {
    expect([null, undefined, '', 'expired', 'toString', '<b>'].map(signOnRefusal)).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
  });

  it('is also that a password is not enough', () => {
    expect(authRefusal(403, 'SIGN_ON_REQUIRED')).toEqual({ kind: 'refused', key: 'signOn.required', code: 'SIGN_ON_REQUIRED' });
  });
});
