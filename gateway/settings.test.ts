import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSecrets, readSettings } from './settings.ts';

describe('settings of TLS', () => {
  it('are absent unless a certificate is named', () => {
    expect(readSettings({}).tls).toBeUndefined();
    // As compose files make of an unset variable.
    expect(readSettings({ CARELOOP_TLS_CERT_FILE: '', CARELOOP_TLS_KEY_FILE: '' }).tls).toBeUndefined();
  });

  it('are a certificate with its key, and authorities of clients where they are named', () => {
    expect(readSettings({ CARELOOP_TLS_CERT_FILE: 'a.crt', CARELOOP_TLS_KEY_FILE: 'a.key' }).tls).toEqual({ port: 4443, certFile: 'a.crt', keyFile: 'a.key' });
    expect(readSettings({ CARELOOP_TLS_CERT_FILE: 'a.crt', CARELOOP_TLS_KEY_FILE: 'a.key', CARELOOP_TLS_CLIENT_CA_FILE: 'c.crt', CARELOOP_TLS_PORT: '8443' }).tls).toEqual({ port: 8443, certFile: 'a.crt', keyFile: 'a.key', clientCaFile: 'c.crt' });
  });

  it.each([[{ CARELOOP_TLS_CERT_FILE: 'a.crt' }], [{ CARELOOP_TLS_KEY_FILE: 'a.key' }], [{ CARELOOP_TLS_CLIENT_CA_FILE: 'c.crt' }]])('are refused by half: %j', (environment) => {
    expect(() => readSettings(environment)).toThrow(/Set both or none/);
  });
});

describe('the settings of sessions and proxies', () => {
  it('have their usual values', () => {
    expect(readSettings({})).toMatchObject({ idleMinutes: 30, sharedIdleMinutes: 10, trustedProxies: '', hospitalNames: [] });
    expect(readSettings({})).not.toHaveProperty('breachedPasswordsFile');
  });

  it('never give a shared device longer than another', () => {
    expect(readSettings({ CARELOOP_IDLE_MINUTES: '5' })).toMatchObject({ idleMinutes: 5, sharedIdleMinutes: 5 });
  });

  it.each([
    ['CARELOOP_IDLE_MINUTES', '0'],
    ['CARELOOP_IDLE_MINUTES', 'never'],
    ['CARELOOP_SHARED_IDLE_MINUTES', '1000'],
    ['CARELOOP_TRUSTED_PROXIES', '10.0.0.0/24, proxy.example'],
  ])('refuse %s=%s by name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`Expected a valid value in ${name}, but: .+ Correct the variable and start again\\.`));
  });
});

describe('a wrong setting', () => {
  it.each([
    ['PORT', ' ', 'it is not a whole number from 0 to 65535'],
    ['PORT', '70000', 'it is not a whole number from 0 to 65535'],
    ['CARELOOP_IDLE_MINUTES', '-1', 'it is not a number of minutes from 0.1 to 720'],
    ['CARELOOP_DEMO', 'no', 'it is not one of true, false'],
    ['CARELOOP_BASE_URL', 'careloop.example', 'it is not an address such as'],
    ['CARELOOP_BASE_URL', 'javascript:alert(1)', 'it is not an address such as'],
    ['CARELOOP_BASE_URL', 'https://careloop.example/app', 'it is not an address such as'],
    ['DATABASE_URL', 'nonsense', 'it is not a PostgreSQL connection string'],
    ['TEMPORAL_ADDRESS', 'temporal', 'it is not host:port'],
    ['TEMPORAL_ADDRESS', 'temporal:0', 'it is not host:port'],
    ['CARELOOP_TRUSTED_PROXIES', '10.1', 'Expected addresses or networks (CIDR), separated by commas, but "10.1" is none'],
    ['CARELOOP_OUTBOUND_ALLOW', 'idp.example, ???', 'Expected a host name, an address or a range, with a port or none, but found "???"'],
  ])('%s=%s says what is expected', (name, value, what) => {
    expect(() => readSettings({ [name]: value })).toThrow(`Expected a valid value in ${name}, but: ${what}`);
  });

  it('is never shown where it may hold a password', () => {
    expect(() => readSettings({ DATABASE_URL: 'careloop:hunter2@db' })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') as string }));
  });

  it('leaves good ones as they are', () => {
    const given = { CARELOOP_BASE_URL: 'https://careloop.example:8443/', DATABASE_URL: 'postgresql://a:b@[::1]:5432/c?sslmode=require', TEMPORAL_ADDRESS: '[::1]:7233', CARELOOP_OUTBOUND_ALLOW: 'idp.example 10.0.0.0/8', CARELOOP_IDLE_MINUTES: '0.5' };

    expect(readSettings(given)).toMatchObject({ baseUrl: 'https://careloop.example:8443', databaseUrl: given.DATABASE_URL, temporalAddress: '[::1]:7233', outboundAllow: ['idp.example', '10.0.0.0/8'], idleMinutes: 0.5 });
  });
});

describe('a damaged file of secrets', () => {
  it('is refused with the remedy, and nothing of it is shown', () => {
    const folder = mkdtempSync(join(tmpdir(), 'careloop-secrets-'));
    const secretsFile = join(folder, 'secrets.json');
    try {
      writeFileSync(secretsFile, 'hunter2: not JSON');

      expect(() => readSecrets({ secretsFile })).toThrow(`Expected masterKey, signingKey and sessionSecret in ${secretsFile}, but they are not valid. Restore the file from the backup.`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
