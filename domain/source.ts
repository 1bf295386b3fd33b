/**
 * From where an account's keys may be used: its whitelisted networks and sites, and what a call that comes from
 * somewhere is told. Pure, so that every case can be tried without a socket.
 */

/** What an account allows. An empty list allows everything. */
export interface SourceLists {
  /** IPv4 in CIDR notation, as `readNetwork` writes it. */
  networks: readonly string[];
  /** As `readDomain` writes it. */
  domains: readonly string[];
}

/** Where a call comes from. */
export interface CallSource {
  /** The caller's network address; absent when the server does not know it. */
  address: string | undefined;
  /** Host of the page that makes the call; absent when it names none, empty when it names none that can be read. */
  site: string | undefined;
}

export type SourceRefusal = 'ADDRESS_NOT_ALLOWED' | 'DOMAIN_NOT_ALLOWED';
export type Read<T> = { ok: true; value: T } | { ok: false; problem: string };

/** The widest network that still says something: a sixteen-millionth of nobody is everybody. */
const SHORTEST_PREFIX = 8;

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** An IPv4 address as a number from 0 to 2^32 - 1. Four decimal parts and nothing else: `010` is octal to some. */
export function ipv4Number(text: string): number | undefined {
  const parts = IPV4.exec(text)?.slice(1);
  if (!parts || parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) {
    return undefined;
  }
  return parts.reduce((number, part) => number * 256 + Number(part), 0);
}

const ipv4Text = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

/** The address without its IPv6 wrapping (RFC 4291, section 2.5.5.2), as a socket of both families reports it. */
export function unmapped(address: string): string {
  const found = /^(?:0{0,4}:){1,5}:?ffff:(.+)$/i.exec(address)?.[1];
  if (found === undefined) return address;
  if (ipv4Number(found) !== undefined) return found;
  const [high, low, more] = found.split(':').map((part) => Number.parseInt(part, 16));
  if (high === undefined || low === undefined || more !== undefined) return address;
  if (!(high <= 0xffff && low <= 0xffff)) return address;
  return ipv4Text(high * 65_536 + low);
}

/** `203.0.113.7` or `203.0.113.0/24`. @returns it in CIDR notation, a single address as `/32` */
export function readNetwork(text: string): Read<string> {
  const [address = '', prefix = '32', more] = text.trim().split('/');
  const number = ipv4Number(address);
  if (number === undefined || more !== undefined) {
    const problem = address.includes(':') ? 'is IPv6; only IPv4 can be listed' : 'is not an IPv4 address';
    return { ok: false, problem: `${problem}, such as 203.0.113.7 or 203.0.113.0/24` };
  }
  const bits = /^\d{1,2}$/.test(prefix) ? Number(prefix) : -1;
  if (bits < SHORTEST_PREFIX || bits > 32) {
    return { ok: false, problem: `must have a prefix from /${SHORTEST_PREFIX} to /32` };
  }
  const size = 2 ** (32 - bits);
  const first = number - (number % size);
  if (first === number) return { ok: true, value: `${ipv4Text(first)}/${bits}` };
  return { ok: false, problem: `begins inside its network; did you mean ${ipv4Text(first)}/${bits}?` };
}

/** @param network as `readNetwork` writes it */
export function networkHolds(network: string, address: string): boolean {
  const [first = '', bits = '32'] = network.split('/');
  const [number, start] = [ipv4Number(unmapped(address)), ipv4Number(first)];
  if (number === undefined || start === undefined) return false;
  return number >= start && number < start + 2 ** (32 - Number(bits));
}

/** RFC 1035, section 2.3.4, after IDNA: labels of at most 63, 253 together. */
const HOST =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*$/;

/** A host in lower case and in ASCII, without the dot at its end; undefined for what is none. */
function plainHost(text: string): string | undefined {
  if (/[\s/?#@:\\%]/.test(text) || !URL.canParse(`http://${text}`)) return undefined;
  const host = new URL(`http://${text}`).hostname.replace(/\.$/, '');
  return HOST.test(host) ? host : undefined;
}

/** `crm.example.com`, or `*.example.com` for every host below. @returns it in lower case and in ASCII */
export function readDomain(text: string): Read<string> {
  const given = text.trim();
  if (/^[a-z]+:\/\//i.test(given) || /[/:]/.test(given)) {
    return { ok: false, problem: 'must be a host alone, such as crm.example.com: no https://, port or path' };
  }
  const below = given.startsWith('*.');
  const host = plainHost(below ? given.slice(2) : given);
  if (host === undefined || given.includes('*', below ? 2 : 0)) {
    return { ok: false, problem: 'is not a domain, such as crm.example.com or *.example.com' };
  }
  if (ipv4Number(host) !== undefined) return { ok: false, problem: 'is an address; list it under addresses' };
  if (below && !host.includes('.')) return { ok: false, problem: 'would allow every host of a whole ending' };
  return { ok: true, value: below ? `*.${host}` : host };
}

/** @param domain as `readDomain` writes it; `*.example.com` does not hold `example.com` itself */
export function domainHolds(domain: string, host: string): boolean {
  return domain.startsWith('*.') ? host.endsWith(domain.slice(1)) : host === domain;
}

/**
 * The host of the page behind a call, by what browsers send: `Origin` (RFC 6454, section 7), else `Referer` (RFC 9110,
 * section 10.1.3). Ports and schemes do not count.
 */
export function siteOf(origin: string | undefined, referer: string | undefined): string | undefined {
  const named = origin ?? referer;
  if (named === undefined) return undefined;
  // `null` is what a sandboxed page or a local file sends.
  if (!URL.canParse(named)) return '';
  return new URL(named).hostname.replace(/\.$/, '').toLowerCase();
}

/**
 * Each list decides for itself, and a call must satisfy both. A call that names no site comes from a program and not
 * from a page: where sites are listed, only a listed address speaks for it. So leaving the header out opens nothing.
 */
export function judgeSource(lists: SourceLists, from: CallSource): SourceRefusal | undefined {
  const { address, site } = from;
  const listed = address !== undefined && lists.networks.some((network) => networkHolds(network, address));
  if (lists.networks.length > 0 && !listed) return 'ADDRESS_NOT_ALLOWED';
  if (lists.domains.length === 0) return undefined;
  const known =
    site === undefined ? listed : site !== '' && lists.domains.some((domain) => domainHolds(domain, site));
  return known ? undefined : 'DOMAIN_NOT_ALLOWED';
}
