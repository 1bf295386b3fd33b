/**
 * Which IP addresses an account's webhook may reach: the public internet, never this machine, its network
 * or a cloud's metadata service. Sources: the IANA special-purpose address registries (RFC 6890).
 */
import { BlockList, isIP } from 'node:net';

const forbidden = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // shared, carrier-grade NAT
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local; cloud metadata
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved and broadcast
] as const) {
  forbidden.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['2001::', 23], // protocol assignments, Teredo among them
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4: an IPv4 address in disguise
  ['3fff::', 20],
] as const) {
  forbidden.addSubnet(net, bits, 'ipv6');
}
/** Only this part of IPv6 is handed out for the internet; loopback, local and mapped addresses lie outside. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** @returns true for everything that is not certainly a public address, text that is no address included */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return forbidden.check(address, 'ipv4');
  if (family === 6) return !global6.check(address, 'ipv6') || forbidden.check(address, 'ipv6');
  return true;
}
