/** How many connections and mails of one network there are: so that nobody keeps the door busy for all others. */
import { isIPv4, isIPv6 } from 'node:net';

/** Mail servers of the large providers share networks and send in bursts; a person sends a list now and then. */
const MAILS_A_MINUTE = 60;
const CONNECTIONS_AT_ONCE = 20;
const WINDOW_MS = 60_000;
/** Networks remembered; beyond that the counts of this minute are dropped rather than memory given away. */
const MOST_NETWORKS = 50_000;

export interface Visitors {
  /**
   * @param id of the connection
   * @returns false when that network has as many connections as it may
   */
  enter(id: string, address: string): boolean;
  /** Of a connection that never entered: nothing. */
  leave(id: string): void;
  /** @returns false when that network has sent as many mails in this minute as it may */
  mail(address: string): boolean;
}

/** IPv4 by its /24, IPv6 by its /64: whoever has one address of those usually has them all. What is no address is its own. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/i, '').replace(/%.*$/, '');
  if (isIPv4(plain)) return plain.slice(0, plain.lastIndexOf('.'));
  if (!isIPv6(plain)) return address;
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

/** @param now milliseconds of any clock that never goes back */
export function createVisitors(
  limits: { mailsAMinute?: number; connectionsAtOnce?: number },
  now: () => number = () => performance.now(),
): Visitors {
  const inside = new Map<string, string>();
  const connections = new Map<string, number>();
  const mails = new Map<string, number>();
  let windowFrom = now();
  return {
    enter(id, address) {
      const network = networkOf(address);
      const count = (connections.get(network) ?? 0) + 1;
      if (count > (limits.connectionsAtOnce ?? CONNECTIONS_AT_ONCE)) return false;
      inside.set(id, network);
      connections.set(network, count);
      return true;
    },
    leave(id) {
      const network = inside.get(id);
      if (network === undefined) return;
      inside.delete(id);
      const count = (connections.get(network) ?? 1) - 1;
      if (count > 0) connections.set(network, count);
      else connections.delete(network);
    },
    mail(address) {
      if (now() - windowFrom > WINDOW_MS || mails.size > MOST_NETWORKS) {
        mails.clear();
        windowFrom = now();
      }
      const network = networkOf(address);
      const count = (mails.get(network) ?? 0) + 1;
      mails.set(network, count);
      return count <= (limits.mailsAMinute ?? MAILS_A_MINUTE);
    },
  };
}
