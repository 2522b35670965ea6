import { BlockList } from 'node:net';
import fc from 'fast-check';
import { isPublicAddress } from './public-address.ts';

/** IANA's registries of special-purpose addresses, as far as they are not globally reachable, in Node's own matcher. */
const special = new BlockList();
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4]] as const) special.addSubnet(net, bits, 'ipv4');
// Networks that anybody may announce, for services that this product has nothing to ask: as refused, or not, by ipaddr.js.
const eitherWay = new BlockList();
for (const [net, bits] of [['192.31.196.0', 24], ['192.52.193.0', 24], ['192.175.48.0', 24]] as const) eitherWay.addSubnet(net, bits, 'ipv4');

const dotted = (number: number): string => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
const ipv4 = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  // Near the edges of the ranges, where a mistake would be.
  fc.tuple(fc.constantFrom(0x0a000000, 0x64400000, 0x64800000, 0x7f000000, 0x80000000, 0xa9fe0000, 0xa9ff0000, 0xac100000, 0xac200000, 0xc0a80000, 0xc0a90000, 0xc6120000, 0xc6140000, 0xe0000000), fc.integer({ min: -3, max: 3 })).map(([base, step]) => base + step),
).map(dotted);

describe('public addresses', () => {
  it('agree with the registry of IPv4', () => {
    fc.assert(fc.property(ipv4, (address) => eitherWay.check(address, 'ipv4') || isPublicAddress(address) === !special.check(address, 'ipv4')), { numRuns: 5_000 });
  });

  it('are never IPv6 that carries IPv4, whatever it carries and however it is written', () => {
    const carried = fc.tuple(ipv4, fc.constantFrom('::ffff:', '::', '64:ff9b::', '64:ff9b:1::')).map(([address, prefix]) => prefix + address);
    const sixToFour = ipv4.map((address) => `2002:${address.split('.').map((part) => Number(part).toString(16).padStart(2, '0')).join('').replace(/^(.{4})/, '$1:')}::1`);

    fc.assert(fc.property(fc.oneof(carried, sixToFour), (address) => !isPublicAddress(address)), { numRuns: 2_000 });
  });

  it.each(['::', '::1', 'fe80::1', 'fec0::1', 'fc00::1', 'fdff::1', 'ff02::1', '100::1', '2001::1', '2001:db8::1', '3fff::1', '4000::1', '5f00::1', 'e000::1'])('are not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('are the addresses of public servers', () => {
    expect(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '2400:3200::1'].filter(isPublicAddress)).toHaveLength(4);
  });

  it.each(['', 'localhost', '127.1', '8.8.8.8/8', '::1%lo'])('are not "%s", which is no whole address', (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });
});
