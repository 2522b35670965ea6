import type { IncomingMessage } from 'node:http';
import { addressGroupOf, clientAddressOf, clientProtocolOf, placeClient, readTrustedProxies } from './client-address.ts';

const request = (remoteAddress: string | undefined, headers: Readonly<Record<string, string>> = {}) => ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

function seen(remoteAddress: string | undefined, headers: Readonly<Record<string, string>>, proxies = '10.0.0.0/24, fd00::5'): string {
  const asked = request(remoteAddress, headers);
  placeClient(asked, readTrustedProxies(proxies));
  return clientAddressOf(asked);
}

describe('the address of a client', () => {
  it.each([
    ['the connection’s, without a proxy', '192.0.2.7', {}, '192.0.2.7'],
    ['the connection’s, whatever a stranger writes', '192.0.2.7', { 'x-forwarded-for': '198.51.100.1', forwarded: 'for=198.51.100.1' }, '192.0.2.7'],
    ['IPv4, also inside IPv6', '::ffff:192.0.2.7', {}, '192.0.2.7'],
    ['the one that a trusted proxy saw', '10.0.0.5', { 'x-forwarded-for': '198.51.100.1' }, '198.51.100.1'],
    ['not the one that the client made up', '10.0.0.5', { 'x-forwarded-for': '203.0.113.9, 198.51.100.1' }, '198.51.100.1'],
    ['the one behind several trusted proxies', '10.0.0.5', { 'x-forwarded-for': '203.0.113.9, 198.51.100.1, 10.0.0.9' }, '198.51.100.1'],
    ['the outermost proxy’s, when all are trusted', '10.0.0.5', { 'x-forwarded-for': '10.0.0.8, 10.0.0.9' }, '10.0.0.8'],
    ['the last hop that can be read', '10.0.0.5', { 'x-forwarded-for': '198.51.100.1, unknown, 10.0.0.9' }, '10.0.0.9'],
    ['without a port', '10.0.0.5', { 'x-forwarded-for': '198.51.100.1:4711' }, '198.51.100.1'],
    ['an IPv6 address of RFC 7239', 'fd00::5', { forwarded: 'for=203.0.113.9, for="[2001:db8:cafe::17]:4711";proto=https' }, '2001:db8:cafe::17'],
    ['the proxy’s own, when two headers disagree', '10.0.0.5', { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=198.51.100.1' }, '10.0.0.5'],
    ['the proxy’s own, when it hides the client', '10.0.0.5', { forwarded: 'for=_hidden' }, '10.0.0.5'],
    ['unknown, once the connection has gone', undefined, { 'x-forwarded-for': '198.51.100.1' }, 'unknown'],
  ])('is %s', (_what, remoteAddress, headers, address) => {
    expect(seen(remoteAddress, headers)).toBe(address);
  });

  it('is believed of nobody without the setting', () => {
    expect(seen('127.0.0.1', { 'x-forwarded-for': '198.51.100.1' }, '')).toBe('127.0.0.1');
  });

  it('counts an IPv6 network of 64 bits as one', () => {
    expect(addressGroupOf('2001:db8:1:2:aaaa::1')).toBe('2001:db8:1:2::/64');
    expect(addressGroupOf('2001:db8:1:2:bbbb::9')).toBe('2001:db8:1:2::/64');
    expect(addressGroupOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
    expect(addressGroupOf('unknown')).toBe('unknown');
  });

  it('knows the protocol from a trusted proxy alone', () => {
    const protocol = (remoteAddress: string, value: string) => {
      const asked = request(remoteAddress, { 'x-forwarded-proto': value });
      placeClient(asked, readTrustedProxies('10.0.0.0/24'));
      return clientProtocolOf(asked);
    };

    expect([protocol('10.0.0.5', 'https'), protocol('10.0.0.5', 'https, http'), protocol('10.0.0.5', 'gopher'), protocol('192.0.2.7', 'https')]).toEqual(['https', 'http', undefined, undefined]);
  });

  it.each(['10.0.0.0/33', 'proxy.example', '10.0.0.1 10.0.0.2', '2001:db8::/129'])('refuses the list %s', (list) => {
    expect(() => readTrustedProxies(list)).toThrow(/separated by commas, but ".+" is none/);
  });
});
