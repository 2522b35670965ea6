import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { CommandService } from '../../gateway/commands/index.ts';
import { readCertificate } from '../../gateway/identity/clients/index.ts';
import { makeCertificate, type Identity } from '../support/client-certificates.ts';
import { startGateway, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
let folder: string;
let port: number;
let authority: Awaited<ReturnType<typeof makeCertificate>>;
let identities: Record<'his' | 'lis' | 'stranger' | 'forged' | 'over', Identity>;
// No operation here reaches a process.
const commands = {} as CommandService;

beforeAll(async () => {
  authority = await makeCertificate({ subject: 'CN=Hospital CA', isAuthority: true });
  const foreign = await makeCertificate({ subject: 'CN=Hospital CA', isAuthority: true });
  identities = {
    his: await makeCertificate({ subject: 'CN=his' }),
    lis: await makeCertificate({ subject: 'CN=lis,O=Hospital', issuer: authority }),
    stranger: await makeCertificate({ subject: 'CN=stranger,O=Hospital', issuer: authority }),
    forged: await makeCertificate({ subject: 'CN=lis,O=Hospital', issuer: foreign }),
    over: await makeCertificate({ subject: 'CN=over', endsInDays: -1 }),
  };
  folder = mkdtempSync(join(tmpdir(), 'careloop-tls-'));
  const own = await makeCertificate({ subject: 'CN=localhost' });
  writeFileSync(join(folder, 'server.crt'), own.cert);
  writeFileSync(join(folder, 'server.key'), own.key);
  writeFileSync(join(folder, 'clients.crt'), authority.cert);
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands, tls: { certFile: join(folder, 'server.crt'), keyFile: join(folder, 'server.key'), clientCaFile: join(folder, 'clients.crt') } });
  port = (await gateway.gateway.tls?.listen(0, '127.0.0.1')) ?? 0;

  const add = (clientId: string, kind: string, identifier: string) => gateway.database.prisma.clientCredential.create({ data: { id: randomUUID(), clientId, kind, identifier } });
  const read = ({ cert }: Identity) => {
    const material = readCertificate(cert, new Date(0));
    if (typeof material === 'string') throw new Error(material);
    return material;
  };
  await add('his', 'certificate', read(identities.his).thumbprint);
  await add('lis', 'subject', read(identities.lis).subject);
  await add('emr-desk', 'certificate', read(identities.over).thumbprint);
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** One request over a connection of its own. */
function ask(path: string, { identity, headers = {}, body }: { readonly identity?: Identity | undefined; readonly headers?: Record<string, string>; readonly body?: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, servername: 'localhost', path, method: body === undefined ? 'GET' : 'POST', headers, agent: false, rejectUnauthorized: false, ...(identity ? { cert: identity.cert, key: identity.key } : {}) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }));
    });
    sent.on('error', reject).end(body);
  });
}

const token = (clientId: string, identity?: Identity, more: Record<string, string> = {}) =>
  ask('/oauth/token', { identity, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, ...more }).toString() });
const viewer = (bearer: string, identity?: Identity) => ask('/graphql', { identity, headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` }, body: '{"query":"{ viewer { id } }"}' });
const hook = (bearer: string, identity?: Identity) => ask('/cds-services/medication-order-select', { identity, headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` }, body: '{}' });

describe('a client with a certificate', () => {
  it('is known by the certificate itself, or by its name from the hospital’s authority', async () => {
    const his = await token('his', identities.his);
    const lis = await token('lis', identities.lis);

    expect([his.status, lis.status]).toEqual([200, 200]);
    expect((await viewer(his.body.access_token, identities.his)).body.data.viewer.id).toBe('his');
    expect((await viewer(lis.body.access_token, identities.lis)).body.data.viewer.id).toBe('lis');
  });

  it('is refused with another client’s certificate, the right name from another authority, none, and one that is over', async () => {
    expect((await token('his', identities.lis)).status).toBe(401);
    expect((await token('lis', identities.stranger)).status).toBe(401);
    expect((await token('lis', identities.forged)).status).toBe(401);
    expect((await token('his')).status).toBe(401);
    expect((await token('emr-desk', identities.over)).status).toBe(401);
  });

  it('gets tokens that work over the same certificate alone, at every door', async () => {
    const { access_token: bound } = (await token('his', identities.his)).body;

    for (const identity of [undefined, identities.lis]) {
      for (const call of [viewer, hook]) {
        const refused = await call(bound, identity);
        expect(refused.status).toBe(401);
        expect(refused.headers['www-authenticate']).toContain('error="invalid_token"');
      }
    }
    expect((await gateway.graphql({ authorization: `Bearer ${bound}` }, '{ viewer { id } }')).status).toBe(401);
    // Of the right shape or not, it got past the door.
    expect((await hook(bound, identities.his)).status).toBe(400);
  });

  it('gets bound tokens also for a secret', async () => {
    const { access_token: bound } = (await token('his', identities.stranger, { client_secret: gateway.credentials.clients['his']?.clientSecret ?? '' })).body;

    expect((await viewer(bound, identities.stranger)).status).toBe(200);
    expect((await viewer(bound)).status).toBe(401);
  });
});

describe('the TLS listener', () => {
  const handshake = (options: object) =>
    new Promise<TLSSocket>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', rejectUnauthorized: false, ...options }, () => resolve(socket));
      socket.on('error', reject);
    });

  it('speaks TLS 1.2 with forward secrecy and 1.3, and nothing older or weaker', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = await handshake({ minVersion: version, maxVersion: version });
      expect(socket.getProtocol()).toBe(version);
      socket.destroy();
    }
    await expect(handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toThrow();
    await expect(handshake({ maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' })).rejects.toThrow();
    await expect(handshake({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' })).rejects.toThrow();
  });

  it('takes a renewed certificate without a restart, and keeps the old one when the files do not fit', async () => {
    const shown = async () => {
      const socket = await handshake({});
      const { subject } = socket.getPeerCertificate();
      socket.destroy();
      return subject.O;
    };
    const renewed = await makeCertificate({ subject: 'CN=localhost,O=renewed' });

    writeFileSync(join(folder, 'server.crt'), renewed.cert);
    gateway.gateway.tls?.reload();
    expect(await shown()).toBeUndefined();

    writeFileSync(join(folder, 'server.key'), renewed.key);
    // Nobody tells it: it looks by itself.
    for (let tries = 0; tries < 60 && (await shown()) === undefined; tries += 1) await sleep(200);
    expect(await shown()).toBe('renewed');
  }, 30_000);

  it('no longer trusts an authority that was taken away, also not by a resumed session', async () => {
    const { cert, key } = identities.lis;
    const first = await handshake({ cert, key, maxVersion: 'TLSv1.2' });
    const session = first.getSession();
    first.destroy();
    const before = await handshake({ cert, key, maxVersion: 'TLSv1.2', session });
    expect(before.isSessionReused()).toBe(true);
    before.destroy();
    const other = await makeCertificate({ subject: 'CN=Other CA', isAuthority: true });

    writeFileSync(join(folder, 'clients.crt'), other.cert);
    gateway.gateway.tls?.reload();

    expect((await token('lis', identities.lis)).status).toBe(401);
    const again = await handshake({ cert, key, maxVersion: 'TLSv1.2', session });
    expect(again.isSessionReused()).toBe(false);
    again.destroy();
  });
});
