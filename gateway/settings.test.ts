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
