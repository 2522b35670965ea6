import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/** Addresses of proxies whose word on the client is believed. */
export type TrustedProxies = readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[];

/** Where a request comes from, as far as those whom we trust can say. */
interface Client {
  /** In its shortest form; `unknown` when the connection has gone. */
  readonly address: string;
  /** What the client spoke to the outermost proxy; undefined without a trusted proxy that says so. */
  readonly protocol?: 'http' | 'https';
}

/** The server decides once for each request; every door reads the same. */
const clients = new WeakMap<IncomingMessage, Client>();

/** Reads a list like `10.0.0.5, 10.1.0.0/16, fd00::/8`. Throws a sentence that names the part that is none. */
export function readTrustedProxies(list: string): TrustedProxies {
  return list.split(',').map((part) => part.trim()).filter((part) => part !== '').map((part) => {
    try {
      // Only four numbers: "10.1" would be read as 10.0.0.1.
      if (!part.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(part.split('/')[0] ?? '')) throw new RangeError('not an address');
      return part.includes('/') ? ipaddr.parseCIDR(part) : [ipaddr.parse(part), ipaddr.parse(part).kind() === 'ipv4' ? 32 : 128];
    } catch (cause) {
      throw new Error(`Expected addresses or networks (CIDR), separated by commas, but "${part}" is none`, { cause });
    }
  });
}

/** Decides where the request comes from. To be called once, before any door. */
export function placeClient(request: IncomingMessage, trusted: TrustedProxies): void {
  clients.set(request, clientOf(request, trusted));
}

/**
 * The address of whoever sent the request: the other end of the connection or, behind trusted proxies, the nearest hop that
 * is none of them. What a client itself writes into `X-Forwarded-For` or `Forwarded` (RFC 7239) stands further left and is never reached.
 */
export function clientAddressOf(request: IncomingMessage): string {
  return (clients.get(request) ?? clientOf(request, [])).address;
}

/** How the client reached the outermost trusted proxy, by `X-Forwarded-Proto`; undefined without one. */
export function clientProtocolOf(request: IncomingMessage): 'http' | 'https' | undefined {
  return clients.get(request)?.protocol;
}

/** What counts as one place for limits: an IPv4 address, or the 64 bits of an IPv6 address that its owner cannot choose. */
export function addressGroupOf(address: string): string {
  const parsed = parse(address);
  if (parsed === undefined) return address;
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}

function clientOf({ socket, headers }: IncomingMessage, trusted: TrustedProxies): Client {
  const peer = parse(socket.remoteAddress ?? '');
  if (peer === undefined) return { address: 'unknown' };
  if (!isTrusted(peer, trusted)) return { address: peer.toString() };
  const said = [headerOf(headers['x-forwarded-for'])?.split(','), headerOf(headers['forwarded'])?.split(',').map(forOf)].filter((hops) => hops !== undefined).map((hops) => beyond(peer, hops, trusted).toString());
  const protocol = headerOf(headers['x-forwarded-proto'])?.split(',').at(-1)?.trim().toLowerCase();
  return {
    // A proxy writes one of the two, and may let the client's own version of the other one pass: where they differ, neither counts.
    address: said[0] !== undefined && said.every((address) => address === said[0]) ? said[0] : peer.toString(),
    ...(protocol === 'http' || protocol === 'https' ? { protocol } : {}),
  };
}

/** Goes from the proxy towards the client as long as who speaks is trusted. What cannot be read ends it. */
function beyond(peer: ipaddr.IPv4 | ipaddr.IPv6, hops: readonly (string | undefined)[], trusted: TrustedProxies): ipaddr.IPv4 | ipaddr.IPv6 {
  let at = peer;
  for (const hop of [...hops].reverse()) {
    const next = parse(withoutPort(hop?.trim() ?? ''));
    if (next === undefined) return at;
    at = next;
    if (!isTrusted(next, trusted)) return at;
  }
  return at;
}

/** The node of `for=` in one element of `Forwarded` (RFC 7239 §4). */
function forOf(element: string): string | undefined {
  return /(?:^|;)\s*for=(?:"([^"]*)"|([^;"\s]+))/i.exec(element)?.slice(1).find((node) => node !== undefined);
}

function withoutPort(node: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(node)?.[1] ?? /^([\d.]+):\d+$/.exec(node)?.[1] ?? node;
}

function headerOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}

function isTrusted(address: ipaddr.IPv4 | ipaddr.IPv6, trusted: TrustedProxies): boolean {
  return trusted.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

/** Four-part addresses alone, no short forms; IPv4 in IPv6 is IPv4, and the zone of a link goes. */
function parse(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const bare = text.replace(/%.*$/, '');
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return undefined;
  return ipaddr.process(bare);
}
