import { generateKeyPairSync } from 'node:crypto';
import { exportJWK } from 'jose';
import { readPublicJwk } from './credential-material.ts';

const publicJwk = async (pair: { readonly publicKey: Parameters<typeof exportJWK>[0] }, more: object = {}) => JSON.stringify({ ...(await exportJWK(pair.publicKey)), ...more });
const ed25519 = () => generateKeyPairSync('ed25519');
const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = (modulusLength: number, publicExponent?: number) => generateKeyPairSync('rsa', { modulusLength, ...(publicExponent === undefined ? {} : { publicExponent }) });

describe('a key that becomes a credential', () => {
  it.each([['Ed25519', ed25519], ['P-256', p256], ['RSA of 2,048 bits', () => rsa(2048)]])('is %s, and keeps its name and public members alone', async (_what, make) => {
    const read = readPublicJwk(await publicJwk(make(), { kid: 'key-1', use: 'sig', x5u: 'https://elsewhere.example/' }));

    expect(read).toMatchObject({ kid: 'key-1' });
    expect(Object.keys(read).every((name) => ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid'].includes(name))).toBe(true);
  });

  it('gets its thumbprint as name when it has none: the example of RFC 7638 §3.1', () => {
    const key = { kty: 'RSA', n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw', e: 'AQAB', alg: 'PS256' };

    expect(readPublicJwk(JSON.stringify(key))).toMatchObject({ kid: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' });
  });

  it('is refused with its private part', async () => {
    const { privateKey } = ed25519();

    expect(readPublicJwk(JSON.stringify(await exportJWK(privateKey)))).toBe('PRIVATE_KEY_GIVEN');
    expect(readPublicJwk(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())).toBe('PRIVATE_KEY_GIVEN');
    expect(readPublicJwk('{"kty":"oct","k":"c2VjcmV0"}')).toBe('PRIVATE_KEY_GIVEN');
  });

  it('is refused when it is too short, has a small exponent, is for encryption or of another kind', async () => {
    expect(readPublicJwk(await publicJwk(rsa(1024)))).toBe('KEY_TOO_WEAK');
    expect(readPublicJwk(await publicJwk(rsa(2048, 3)))).toBe('KEY_TOO_WEAK');
    expect(readPublicJwk(await publicJwk(p256(), { use: 'enc' }))).toBe('JWK_INVALID');
    expect(readPublicJwk(await publicJwk(rsa(2048), { alg: 'RS256' }))).toBe('JWK_INVALID');
    expect(readPublicJwk(await publicJwk(generateKeyPairSync('ec', { namedCurve: 'secp256k1' })))).toBe('KEY_NOT_SUPPORTED');
    expect(readPublicJwk(await publicJwk(generateKeyPairSync('x25519')))).toBe('JWK_INVALID');
  });

  it('is refused when its point is not on the curve, and when it is no JSON', async () => {
    const jwk = await exportJWK(p256().publicKey);

    expect(readPublicJwk(JSON.stringify({ ...jwk, y: jwk.x }))).toBe('JWK_INVALID');
    for (const text of ['', 'null', '[]', '{', '{"kty":"EC"}', '{"__proto__":{"kty":"OKP"}}']) expect(readPublicJwk(text)).toBe('JWK_INVALID');
  });
});
