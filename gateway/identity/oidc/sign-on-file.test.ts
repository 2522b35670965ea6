import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSignOnFile } from './sign-on-file.ts';

describe('the sign-on file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'careloop-sign-on-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const provider = { id: 'hospital', name: { 'zh-CN': '医院账号', en: 'Hospital account' }, issuer: 'https://idp.hospital.example', clientId: 'careloop', clientAuthentication: { method: 'client_secret_basic', variable: 'SIGN_ON_SECRET' } };
  const read = (content: unknown, environment: Readonly<Record<string, string>> = { SIGN_ON_SECRET: 'of the client' }) => {
    const path = join(folder, 'sign-on.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return readSignOnFile(path, environment);
  };

  it('gives a provider with what is safe where it says nothing', () => {
    expect(read({ providers: [provider] })).toEqual([{ ...provider, secret: 'of the client', scope: 'openid', allowAddresses: [], algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'], linkBy: 'administrator', claimsFrom: 'idToken', acceptedAcr: [], acceptedAmr: [], replacesPasswords: false }]);
  });

  it('reads a secret from a file beside it, without the end of the line', () => {
    writeFileSync(join(folder, 'secret'), 'in a file\n');

    const [found] = read({ providers: [{ ...provider, clientAuthentication: { method: 'client_secret_basic', file: 'secret' } }] }, {});

    expect(found?.secret).toBe('in a file');
  });

  it.each<[string, object]>([
    ['id', { id: 'Hospital' }],
    ['id', { id: 'sign-out' }],
    ['name.en', { name: { 'zh-CN': '医院账号' } }],
    ['issuer', { issuer: 'idp.hospital.example' }],
    ['issuer', { issuer: 'ldap://idp.hospital.example' }],
    ['issuer', { issuer: 'https://idp.hospital.example?tenant=1' }],
    ['clientAuthentication.method', { clientAuthentication: { method: 'none' } }],
    ['clientAuthentication', { clientAuthentication: { method: 'client_secret_basic' } }],
    ['clientAuthentication', { clientAuthentication: { method: 'client_secret_basic', file: 'a', variable: 'B' } }],
    ['clientAuthentication.algorithm', { clientAuthentication: { method: 'private_key_jwt', variable: 'SIGN_ON_SECRET', algorithm: 'HS256' } }],
    ['scope', { scope: 'profile' }],
    ['allowAddresses.0', { allowAddresses: ['https://idp.hospital.example/'] }],
    ['algorithms.0', { algorithms: ['none'] }],
    ['algorithms.0', { algorithms: ['HS256'] }],
    ['', { linkBy: 'staffNumber' }],
    ['linkBy', { linkBy: 'email' }],
    ['staffNumberClaim', { linkBy: 'staffNumber', staffNumberClaim: 'email' }],
    ['roles.map.a', { roles: { claim: 'groups', map: { a: { role: 'system-administrator' } } } }],
    ['roles.map.a', { roles: { claim: 'groups', map: { a: { role: 'security-administrator' } } } }],
    ['roles.map.a', { roles: { claim: 'groups', map: { a: { role: 'auditor' } } } }],
    ['roles.map.a', { roles: { claim: 'groups', map: { a: { role: 'nurse' } } } }],
    ['roles.map.a', { roles: { claim: 'groups', map: { a: { role: 'finance', unit: 'W1' } } } }],
    ['roles.map.a.role', { roles: { claim: 'groups', map: { a: { role: 'his' } } } }],
    ['', { secret: 'in the file itself' }],
  ])('stops the start with the place %s', (place, changes) => {
    expect(() => read({ providers: [{ ...provider, ...changes }] })).toThrow(`providers.0${place === '' ? '' : `.${place}`} of`);
  });

  it('is refused with two providers of one id or issuer, without one, without its secret, and where it is no JSON', () => {
    expect(() => read({ providers: [provider, { ...provider, issuer: 'https://other.example' }] })).toThrow('two providers have the same id');
    expect(() => read({ providers: [provider, { ...provider, id: 'other' }] })).toThrow('two providers have the same issuer');
    expect(() => read({ providers: [] })).toThrow('providers of');
    expect(() => read({ providers: [provider] }, {})).toThrow('Expected the secret of the provider hospital in SIGN_ON_SECRET');
    expect(() => read('{ "providers": "of the client"')).toThrow('Expected JSON');
    expect(() => readSignOnFile(join(folder, 'nowhere.json'))).toThrow('there is no such file');
  });
});
