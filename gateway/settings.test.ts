import { readSettings } from './settings.ts';

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
