import ipaddr from 'ipaddr.js';

/**
 * What an address is for us. `forbidden` is never connected to; `loopback`
 * and `private` only when it is allowed; everything that is not global
 * unicast counts as private.
 */
export type AddressRange =
  | { range: 'public' | 'private' | 'loopback' }
  | { range: 'forbidden'; what: string };

/** Services of clouds that hand out credentials to whoever asks from inside. */
const metadataAddresses: ReadonlySet<string> = new Set([
  // AWS, Azure, Google, and most others: also link-local.
  '169.254.169.254',
  // AWS over IPv6.
  'fd00:ec2::254',
  // Google over IPv6.
  'fd20:ce::254',
  // Alibaba Cloud.
  '100.100.100.200',
  // Azure's host agent, on an address that looks public.
  '168.63.129.16',
  // Oracle Cloud, older images.
  '192.0.0.192',
]);

const metadataNames: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.tencentyun.com',
  'instance-data',
  'instance-data.ec2.internal',
]);

/** True for the names under which clouds offer their metadata service. */
export function isMetadataName(hostname: string): boolean {
  return metadataNames.has(hostname.replace(/\.$/, '').toLowerCase());
}

function forbidden(what: string): AddressRange {
  return { range: 'forbidden', what };
}

function rangeOfIPv4(address: ipaddr.IPv4): AddressRange {
  if (metadataAddresses.has(address.toString())) {
    return forbidden('a cloud metadata service');
  }
  switch (address.range()) {
    case 'unicast':
      return { range: 'public' };
    case 'loopback':
      return { range: 'loopback' };
    case 'linkLocal':
      return forbidden('a link-local address');
    case 'unspecified':
      return forbidden('an unspecified address');
    case 'multicast':
      return forbidden('a multicast address');
    case 'broadcast':
      return forbidden('a broadcast address');
    default:
      return { range: 'private' };
  }
}

/** Where an IPv4 address hides inside an IPv6 one, in bytes from the start. */
const embeddedAt: Readonly<Record<string, number>> = {
  // ::ffff:0:0/96
  ipv4Mapped: 12,
  // ::ffff:0:0:0/96
  rfc6145: 12,
  // 64:ff9b::/96 and 64:ff9b:1::/48, NAT64
  rfc6052: 12,
  // 2002::/16
  '6to4': 2,
};

/** ::/96, an outdated way to write IPv4 addresses. */
const ipv4Compatible = ipaddr.IPv6.parseCIDR('::/96');

function embeddedIPv4(address: ipaddr.IPv6, offset: number): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(offset, offset + 4));
}

function rangeOfIPv6(address: ipaddr.IPv6): AddressRange {
  if (metadataAddresses.has(address.toString())) {
    return forbidden('a cloud metadata service');
  }
  const range = address.range();
  const offset = embeddedAt[range];
  if (offset !== undefined) {
    return rangeOfIPv4(embeddedIPv4(address, offset));
  }
  switch (range) {
    case 'loopback':
      return { range: 'loopback' };
    case 'linkLocal':
      return forbidden('a link-local address');
    case 'unspecified':
      return forbidden('an unspecified address');
    case 'multicast':
      return forbidden('a multicast address');
    default:
  }
  if (address.match(ipv4Compatible)) {
    return rangeOfIPv4(embeddedIPv4(address, 12));
  }
  return { range: range === 'unicast' ? 'public' : 'private' };
}

/**
 * Sorts an IP address into what may be connected to.
 *
 * Reads odd spellings too (decimal, octal and hexadecimal IPv4; IPv4 inside
 * IPv6 as mapped, compatible, NAT64 and 6to4 addresses).
 *
 * @returns undefined when the text is a name and no address
 */
export function addressRange(text: string): AddressRange | undefined {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) {
    return undefined;
  }
  const address = ipaddr.parse(bare);
  return address instanceof ipaddr.IPv4
    ? rangeOfIPv4(address)
    : rangeOfIPv6(address as ipaddr.IPv6);
}
