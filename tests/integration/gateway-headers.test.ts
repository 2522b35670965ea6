import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandService } from '../../gateway/commands/index.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let plain: RunningGateway;
let secure: RunningGateway;
let desk: As;
const webFolder = mkdtempSync(join(tmpdir(), 'careloop-web-'));

beforeAll(async () => {
  mkdirSync(join(webFolder, 'assets'));
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html><meta name="style-nonce" nonce="{{style-nonce}}"><title>Careloop</title>');
  writeFileSync(join(webFolder, 'assets/app-Ab3dE5gH.js'), 'export {};');
  writeFileSync(join(webFolder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  server = await startTestDatabase();
  const options = { databaseUrl: server.url, commands: {} as CommandService, webFolder };
  plain = await startGateway(options);
  // The second one makes the systems of the database new secrets.
  desk = await plain.tokenOf('emr-desk');
  secure = await startGateway({ ...options, baseUrl: 'https://careloop.example' });
}, 300_000);
afterAll(async () => {
  await plain?.close();
  await secure?.close();
  await server?.stop();
  rmSync(webFolder, { recursive: true, force: true });
}, 30_000);

const json = { 'content-type': 'application/json' };
const query = JSON.stringify({ query: '{ viewer { id } }' });

/** One of every kind of answer: what it is, its path, its request, the status that it has. */
const kinds: readonly (readonly [what: string, path: string, status: number, request?: () => RequestInit])[] = [
  ['the page', '/', 200],
  ['the page by another path', '/tasks', 200],
  ['the page’s head', '/', 200, () => ({ method: 'HEAD' })],
  ['an asset', '/assets/app-Ab3dE5gH.js', 200],
  ['a picture', '/favicon.svg', 200],
  ['an asset that is not there', '/assets/none-aaaaaaaa.js', 404],
  ['a path of another protocol', '/oauth/authorize', 404],
  ['a method that is not allowed', '/', 405, () => ({ method: 'DELETE' })],
  ['a path that leaves the folder', '/..%2f..%2fpackage.json', 404],
  ['health', '/healthz', 200],
  ['readiness', '/readyz', 200],
  ['what the installation is', '/installation.json', 200],
  ['a redirect', '/sign-in/no-such-link', 303, () => ({ redirect: 'manual' })],
  ['an answer of GraphQL', '/graphql', 200, () => ({ method: 'POST', headers: { ...desk, ...json }, body: query })],
  ['an error of GraphQL', '/graphql', 400, () => ({ method: 'POST', headers: { ...desk, ...json, accept: 'application/graphql-response+json' }, body: JSON.stringify({ query: '{' }) })],
  ['nobody at GraphQL', '/graphql', 401, () => ({ method: 'POST', headers: json, body: query })],
  ['a form at GraphQL', '/graphql', 415, () => ({ method: 'POST', headers: desk, body: new URLSearchParams({ query: '{ viewer { id } }' }) })],
  ['a preflight of another site', '/graphql', 405, () => ({ method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } })],
  ['a refused sign-in', '/api/auth/sign-in/username', 401, () => ({ method: 'POST', headers: { ...json, origin: 'http://localhost:4000' }, body: JSON.stringify({ username: 'nobody', password: 'wrong password' }) })],
  ['a refused token', '/oauth/token', 401, () => ({ method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'his', client_secret: 'wrong' }) })],
  ['the list of CDS services', '/cds-services', 200],
  ['what FHIR there is', '/fhir/metadata', 200],
  ['nobody at FHIR', '/fhir/Patient', 401],
  ['nobody at a CDS service', '/cds-services/medication-order-sign', 401, () => ({ method: 'POST', headers: json, body: '{}' })],
];

const fixed = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
};

describe('every answer', () => {
  it.each(kinds.map(([what, path, status, request]) => ({ what, path, status, request })))('$what has the headers of safety', async ({ path, status, request }) => {
    const response = await fetch(`${plain.url}${path}`, request?.());
    const headers = Object.fromEntries(response.headers);
    await response.arrayBuffer();

    expect(response.status).toBe(status);
    expect(headers).toMatchObject(fixed);
    const policy = headers['content-security-policy'] ?? '';
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "script-src 'self' 'wasm-unsafe-eval'"]) expect(policy.split('; ')).toContain(part);
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|https?:/);
    // Only what has its content in its name, or can be asked for anew, may be kept.
    expect(headers['cache-control']).toBe(path.startsWith('/assets/app') ? 'public, max-age=31536000, immutable' : path === '/favicon.svg' ? 'no-cache' : 'no-store');
    for (const name of ['strict-transport-security', 'access-control-allow-origin', 'server', 'x-powered-by']) expect(headers[name]).toBeUndefined();
  });

  it('asks browsers to stay with https where that is how they come, and nowhere else', async () => {
    for (const path of ['/', '/healthz', '/fhir/Patient', '/assets/app-Ab3dE5gH.js']) {
      const { headers } = await fetch(`${secure.url}${path}`);

      expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
      expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
    }
  });

  it('of a page lets the styles of that page alone pass, by a nonce that comes once', async () => {
    const pages = await Promise.all(['/', '/tasks'].map(async (path) => {
      const response = await fetch(`${plain.url}${path}`);
      return { policy: /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1], page: /nonce="([^"]+)"/.exec(await response.text())?.[1] };
    }));

    for (const { policy, page } of pages) expect([page, policy?.length]).toEqual([policy, 24]);
    expect(pages[0]?.policy).not.toBe(pages[1]?.policy);
  });
});
