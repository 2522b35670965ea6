import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/**
 * A part of the network that may be reached although it is not public: a host name, an address, or a range; at one port, if
 * it names one; also by plain http, if it says so.
 */
export interface AllowedTarget {
  readonly host?: string;
  readonly range?: ReturnType<typeof ipaddr.parseCIDR>;
  readonly port?: number;
  readonly isPlainHttp: boolean;
}

const form = /^(http:\/\/)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+|[0-9a-f:.]+\/\d{1,3})(?::(\d{1,5}))?$/i;

/**
 * Reads one entry: `idp.hospital.example`, `10.20.0.5:8443`, `[fd00::5]:8443`, `10.20.0.0/16` or `fd00::/8`, each also after
 * `http://`, which allows plain http there. Throws a sentence that names the entry.
 */
export function readAllowedTarget(entry: string): AllowedTarget {
  const [, scheme, where = '', portText] = form.exec(entry.trim()) ?? [];
  const port = portText === undefined ? undefined : Number(portText);
  const wrong = new Error(`Expected a host name, an address or a range, with a port or none, but found "${entry}".`);
  if (where === '' || (port !== undefined && (port < 1 || port > 65_535))) throw wrong;
  const common = { isPlainHttp: scheme !== undefined, ...(port === undefined ? {} : { port }) };
  if (where.includes('/')) {
    if (port !== undefined || !ipaddr.isValidCIDR(where)) throw wrong;
    return { ...common, range: ipaddr.parseCIDR(where) };
  }
  const host = bareHost(where);
  if (isIP(host) !== 0) return { ...common, range: [ipaddr.parse(host), isIP(host) === 4 ? 32 : 128] };
  // What is not an address but ends in a number is one that is spelled otherwise.
  if (/(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i.test(host) || where.startsWith('[')) throw wrong;
  return { ...common, host };
}

/** A host as it is compared: in small letters, without brackets and the dot at the end. */
export function bareHost(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** The entries that hold for a name, whatever its addresses are. */
export function targetsOfName(targets: readonly AllowedTarget[], host: string, port: number): readonly AllowedTarget[] {
  return targets.filter((target) => target.host === host && (target.port === undefined || target.port === port));
}

/** The entries that hold for an address. */
export function targetsOfAddress(targets: readonly AllowedTarget[], address: string, port: number): readonly AllowedTarget[] {
  if (!ipaddr.isValid(address)) return [];
  const parsed = ipaddr.parse(address);
  return targets.filter(({ range, port: onlyPort }) => range !== undefined && range[0].kind() === parsed.kind() && parsed.match(range) && (onlyPort === undefined || onlyPort === port));
}
