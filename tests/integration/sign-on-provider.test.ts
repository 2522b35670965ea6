import { decryptEntryPayload } from '../../gateway/audit/index.ts';
import { answerDocument, type HostileProvider } from '../support/hostile-provider.ts';
import type { RunningGateway } from '../support/running-gateway.ts';
import { doors, refusal, signOnDesk } from '../support/sign-on-desk.ts';

const { parts, open, walkerOf, signOnWith, right } = signOnDesk();
let provider: HostileProvider;
let gateway: RunningGateway;
beforeAll(() => void ({ provider, gateway } = parts()));

describe('the provider', () => {
  async function startAt(running: RunningGateway): Promise<string | null> {
    return (await walkerOf(running).hop(`${doors}/hospital/start`)).headers.get('location');
  }
  const documentWith = (changes: object) => ({ issuer: provider.issuer, authorization_endpoint: `${provider.issuer}/authorize`, token_endpoint: `${provider.issuer}/token`, jwks_uri: `${provider.issuer}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], ...changes });

  it.each<[string, object]>([
    ['of another issuer', { issuer: 'https://elsewhere.example' }],
    ['of a like issuer', { issuer: 'http://127.0.0.1:1' }],
    ['without keys', { jwks_uri: undefined }],
  ])('with metadata %s is not used', async (_title, changes) => {
    const fresh = await open();
    provider.instead.set('/.well-known/openid-configuration', (_request, response) => answerDocument(response, documentWith(changes)));

    expect(await startAt(fresh)).toBe(refusal('UNAVAILABLE'));
    provider.behave();
    expect(await startAt(fresh)).toContain('/authorize?');
    await fresh.close();
  });

  it('that is down, fails, sends no JSON or far too much, is said to be unavailable, in bounded time', async () => {
    const fresh = await open();
    const begunAt = Date.now();
    provider.instead.set('/.well-known/openid-configuration', (request) => void request.socket.destroy());
    expect(await startAt(fresh)).toBe(refusal('UNAVAILABLE'));
    provider.instead.set('/.well-known/openid-configuration', (_request, response) => response.writeHead(500).end('stack of the provider'));
    expect(await startAt(fresh)).toBe(refusal('UNAVAILABLE'));
    provider.instead.set('/.well-known/openid-configuration', (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    expect(await startAt(fresh)).toBe(refusal('UNAVAILABLE'));
    provider.instead.set('/.well-known/openid-configuration', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = setInterval(() => response.write(' '.repeat(100_000)), 1);
      response.on('close', () => clearInterval(more));
    });
    expect(await startAt(fresh)).toBe(refusal('UNAVAILABLE'));
    provider.instead.set('/.well-known/openid-configuration', () => undefined);
    expect(await startAt(fresh)).toBe(refusal('UNAVAILABLE'));
    expect(Date.now() - begunAt).toBeLessThan(25_000);
    await fresh.close();
  });

  it('that fails between the two requests is unavailable too', async () => {
    provider.instead.set('/token', (_request, response) => response.writeHead(503).end());
    expect(await signOnWith(right)).toBe(refusal('UNAVAILABLE'));
    provider.instead.set('/token', (_request, response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}'));
    expect(await signOnWith(right)).toBe(refusal('UNAVAILABLE'));
  });

  it('inside the network that the settings do not allow is never asked', async () => {
    const closed = await open({ allowAddresses: [] });
    let isAsked = false;
    provider.instead.set('/.well-known/openid-configuration', (_request, response) => {
      isAsked = true;
      response.end();
    });

    expect(await startAt(closed)).toBe(refusal('UNAVAILABLE'));
    expect(isAsked).toBe(false);
    expect((await gateway.entries('signIn.refused')).at(-1)).toMatchObject({ reason: 'SIGN_ON_UNAVAILABLE' });
    await closed.close();
  });
});

it('puts every refusal on record, and nothing of what the provider said', async () => {
  const refused = (await gateway.entries('signIn.refused')).filter(({ reason }) => reason?.startsWith('SIGN_ON_'));
  const kept = JSON.stringify(await Promise.all((await gateway.entries('signIn.refused')).map(async (entry) => [entry.factId, entry.reason, await decryptEntryPayload(gateway.keys, entry)])));

  expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['SIGN_ON_UNAVAILABLE']));
  expect(kept).not.toMatch(/eyJ|stack of the provider|elsewhere/);
});
