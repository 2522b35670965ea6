import ipaddr from 'ipaddr.js';

// All that IANA has given out of IPv6; the rest, such as addresses compatible with IPv4, ipaddr.js calls "unicast" all the same.
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the public internet. Not so: loopback, private, link-local, shared (RFC 6598), multicast,
 * documentation, benchmarking and reserved ranges, and IPv6 that carries an IPv4 address (mapped, compatible, NAT64, 6to4,
 * Teredo), whatever that one is. IANA special-purpose address registries (RFC 6890).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}
