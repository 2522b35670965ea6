import { readAllowedTarget, targetsOfAddress, targetsOfName } from './allowed-targets.ts';

const allows = (entry: string, address: string, port: number): boolean => targetsOfAddress([readAllowedTarget(entry)], address, port).length === 1;

describe('allowed targets', () => {
  it('are a name, at one port or all, and no other name', () => {
    const targets = [readAllowedTarget('IdP.Hospital.example.:8443')];

    expect(targetsOfName(targets, 'idp.hospital.example', 8443)).toHaveLength(1);
    expect(targetsOfName(targets, 'idp.hospital.example', 443)).toHaveLength(0);
    expect(targetsOfName(targets, 'x.idp.hospital.example', 8443)).toHaveLength(0);
    expect(targetsOfAddress(targets, '10.0.0.1', 8443)).toHaveLength(0);
  });

  it('are an address or a range of one family', () => {
    expect(allows('10.20.0.0/16', '10.20.255.255', 443)).toBe(true);
    expect(allows('10.20.0.0/16', '10.21.0.0', 443)).toBe(false);
    expect(allows('10.20.0.0/16', '::ffff:10.20.0.1', 443)).toBe(false);
    expect(allows('[fd00::5]:8443', 'fd00::5', 8443)).toBe(true);
    expect(allows('[fd00::5]:8443', 'fd00::5', 443)).toBe(false);
    expect(allows('fd00::/8', 'fd12::1', 1)).toBe(true);
    expect(allows('127.0.0.1:5000', '127.0.0.1', 5432)).toBe(false);
  });

  it('say themselves whether plain http may be used', () => {
    expect(readAllowedTarget('http://idp.hospital.example').isPlainHttp).toBe(true);
    expect(readAllowedTarget('idp.hospital.example').isPlainHttp).toBe(false);
  });

  it.each(['', '*', '*.hospital.example', 'https://idp', 'idp/path', 'user@idp', '10.0.0.0/33', '10.0.0.0/8:443', 'idp:0', 'idp:70000', '0x7f.1', '127.1', '010.0.0.1', '[idp]', 'a b'])('are not "%s"', (entry) => {
    expect(() => readAllowedTarget(entry)).toThrow('Expected a host name, an address or a range');
  });
});
