/**
 * Who is really calling when proxies stand in between. `X-Forwarded-For` is a claim that anybody can write; it is
 * believed from its right end, as far as those who wrote it are proxies of our own.
 */
import { BlockList, isIP } from 'node:net';
import { unmapped } from '../domain/source.ts';

/** @returns the caller's address; undefined when a trusted proxy does not say it legibly */
export type ClientAddress = (
  peer: string | undefined,
  forwardedFor: string | undefined,
) => string | undefined;

/** Whether a text is an address or a network, IPv4 or IPv6. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

/** An address out of a list element: with a port or brackets as some proxies write it. */
function legible(element: string): string | undefined {
  const text = element.trim();
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return isIP(bare) === 0 ? undefined : unmapped(bare.toLowerCase());
}

/**
 * @param trusted addresses and networks of our own proxies, such as `10.0.0.0/8` or `::1`; none: the header is ignored
 * @throws Error for one that is neither
 */
export function createClientAddress(trusted: readonly string[] = []): ClientAddress {
  const proxies = new BlockList();
  for (const text of trusted) {
    if (!isNetwork(text)) throw new Error(`${text} is not an address or a network`);
    const [address = '', prefix] = text.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) proxies.addAddress(address, family);
    else proxies.addSubnet(address, Number(prefix), family);
  }
  const isProxy = (address: string): boolean => proxies.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  return (peer, forwardedFor) => {
    let client = peer === undefined ? undefined : legible(peer);
    const claims = forwardedFor?.split(',') ?? [];
    // Each proxy has added at the right whom it was called by: its own word is believed, and not what stands before it.
    while (client !== undefined && isProxy(client)) {
      const claim = claims.pop();
      if (claim === undefined) return client;
      client = legible(claim);
    }
    return client;
  };
}
