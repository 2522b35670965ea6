import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportJWK, SignJWT, UnsecuredJWT, type JWTHeaderParameters } from 'jose';
import { readAssertion, signerOf, type ClientKey, type UnverifiedAssertion } from './client-assertion.ts';
import { readPublicJwk, type PublicJwk } from './credential-material.ts';

const issuer = 'https://careloop.example';
const endpoint = `${issuer}/oauth/token`;
const at = new Date('2026-11-23T08:00:00Z');
const now = at.getTime() / 1000;
const claims = { iss: 'his', sub: 'his', aud: issuer, exp: now + 60, iat: now, jti: 'once' };

const pairs = { EdDSA: generateKeyPairSync('ed25519'), ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }), PS256: generateKeyPairSync('rsa', { modulusLength: 2048 }) };
const jwkOf = async (key: KeyObject, kid: string) => readPublicJwk(JSON.stringify({ ...(await exportJWK(key)), kid })) as PublicJwk;
const keysOf = async (algorithms: readonly (keyof typeof pairs)[]): Promise<ClientKey[]> => Promise.all(algorithms.map(async (alg) => ({ credentialId: `credential of ${alg}`, jwk: await jwkOf(pairs[alg].publicKey, alg) })));
const sign = (payload: object, header: JWTHeaderParameters, key: KeyObject) => new SignJWT({ ...payload }).setProtectedHeader(header).sign(key);
const read = (token: string) => readAssertion(token, [issuer, endpoint], at);
const verify = async (token: string, keys: readonly ClientKey[]) => {
  const assertion = read(token);
  return 'problem' in assertion ? assertion : signerOf(assertion, keys, at);
};

describe('an assertion', () => {
  it.each(['EdDSA', 'ES256', 'PS256'] as const)('of %s is by the key that its kid names, or by the one that fits', async (alg) => {
    const keys = await keysOf(['EdDSA', 'ES256', 'PS256']);

    expect(await verify(await sign(claims, { alg, kid: alg, typ: 'JWT' }, pairs[alg].privateKey), keys)).toMatchObject({ credentialId: `credential of ${alg}` });
    expect(await verify(await sign({ ...claims, aud: [endpoint] }, { alg }, pairs[alg].privateKey), keys)).toMatchObject({ credentialId: `credential of ${alg}` });
    expect(await verify(await sign(claims, { alg, kid: 'another' }, pairs[alg].privateKey), keys)).toBeUndefined();
  });

  it('is nobody’s when another client’s key signed it, or a letter was changed', async () => {
    const other = generateKeyPairSync('ed25519');
    const right = await sign(claims, { alg: 'EdDSA' }, pairs.EdDSA.privateKey);
    const [header = '', , signature = ''] = right.split('.');
    const changed = `${header}.${Buffer.from(JSON.stringify({ ...claims, iss: 'lis', sub: 'lis' })).toString('base64url')}.${signature}`;

    expect(await verify(await sign(claims, { alg: 'EdDSA', kid: 'EdDSA' }, other.privateKey), await keysOf(['EdDSA']))).toBeUndefined();
    expect(await verify(changed, await keysOf(['EdDSA']))).toBeUndefined();
  });

  it('is refused unsigned, by an HMAC of the public key, and by algorithms of another padding', async () => {
    const pem = pairs.PS256.publicKey.export({ type: 'spki', format: 'pem' }).toString();

    expect(read(new UnsecuredJWT(claims).encode())).toMatchObject({ problem: expect.stringContaining('alg') });
    for (const alg of ['HS256', 'HS512']) expect(read(await sign(claims, { alg }, createSecretKey(Buffer.from(pem))))).toMatchObject({ problem: expect.stringContaining('alg') });
    expect(read(await sign(claims, { alg: 'RS256' }, pairs.PS256.privateKey))).toMatchObject({ problem: expect.stringContaining('alg') });
  });

  it.each([['jwk', { kty: 'OKP' }], ['jku', 'https://evil.example/keys'], ['x5u', 'https://evil.example/certificate'], ['x5c', ['MIIB']], ['x5t#S256', 'x'], ['b64', true]])('is refused with the header %s', async (name, value) => {
    expect(read(await sign(claims, { alg: 'EdDSA', [name]: value } as JWTHeaderParameters, pairs.EdDSA.privateKey))).toMatchObject({ problem: expect.stringContaining('headers') });
  });

  it.each([
    ['another issuer than subject', { iss: 'lis' }, 'iss and sub'],
    ['no subject', { sub: undefined, iss: undefined }, 'iss and sub'],
    ['another audience', { aud: 'https://elsewhere.example' }, 'aud'],
    ['two audiences', { aud: [issuer, 'https://elsewhere.example'] }, 'aud'],
    ['no audience', { aud: undefined }, 'aud'],
    ['no jti', { jti: undefined }, 'jti'],
    ['a jti without end', { jti: 'x'.repeat(257) }, 'jti'],
    ['no end', { exp: undefined }, 'exp'],
    ['an end that is over', { exp: now - 16 }, 'expired'],
    ['an end too far away', { exp: now + 316 }, 'within 300 s'],
    ['a clock ahead', { iat: now + 16 }, 'clocks'],
    ['a beginning later', { nbf: now + 16 }, 'clocks'],
    ['a time that is no number', { iat: 'now' }, 'iat'],
  ])('is refused with %s', async (_what, change, word) => {
    expect(read(await sign({ ...claims, ...change }, { alg: 'EdDSA' }, pairs.EdDSA.privateKey))).toMatchObject({ problem: expect.stringContaining(word) });
  });

  it('forgives clocks fifteen seconds', async () => {
    for (const change of [{ exp: now - 14 }, { iat: now + 14 }, { exp: now + 314 }]) expect(await verify(await sign({ ...claims, ...change }, { alg: 'EdDSA' }, pairs.EdDSA.privateKey), await keysOf(['EdDSA']))).toMatchObject({ credentialId: 'credential of EdDSA' });
  });

  it('is remembered until it can no longer be used', async () => {
    const assertion = read(await sign(claims, { alg: 'EdDSA' }, pairs.EdDSA.privateKey)) as UnverifiedAssertion;

    expect(assertion.expiresAt.getTime() / 1000).toBeGreaterThanOrEqual(claims.exp + 15);
  });

  it.each(['', 'x', 'a.b', 'a.b.c', '..', `${'e30'}.${'e30'}.`])('is refused when it is no JWT: %j', (text) => {
    expect(read(text)).toHaveProperty('problem');
  });
});
