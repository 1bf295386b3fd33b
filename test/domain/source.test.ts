/** What is guaranteed about where keys may be used from. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  domainHolds,
  ipv4Number,
  judgeSource,
  networkHolds,
  readDomain,
  readNetwork,
  siteOf,
  unmapped,
} from '../../domain/source.ts';

const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));

describe('networks', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7/32'],
    [' 10.0.0.0/8 ', '10.0.0.0/8'],
    ['203.0.113.128/25', '203.0.113.128/25'],
  ])('%s is %s', (text, value) => {
    expect(readNetwork(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['203.0.113.7/24', 'did you mean 203.0.113.0/24'],
    ['0.0.0.0/0', 'from /8 to /32'],
    ['10.0.0.0/33', 'from /8 to /32'],
    ['10.0.0.0/', 'from /8 to /32'],
    ['10.0.0.0/8/8', 'not an IPv4 address'],
    ['010.0.0.1', 'not an IPv4 address'],
    ['10.0.0', 'not an IPv4 address'],
    ['10.0.0.256', 'not an IPv4 address'],
    ['0x0a.0.0.1', 'not an IPv4 address'],
    ['2001:db8::1', 'IPv6'],
    ['', 'not an IPv4 address'],
  ])('%s is refused: %s', (text, problem) => {
    expect(readNetwork(text)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it('hold exactly the addresses that share their first bits, IPv6-mapped or not', () => {
    fc.assert(
      fc.property(octets, octets, fc.integer({ min: 8, max: 32 }), (of, asked, bits) => {
        const binary = (parts: number[]) => parts.map((part) => part.toString(2).padStart(8, '0')).join('');
        const first = binary(of).slice(0, bits).padEnd(32, '0').match(/.{8}/g) ?? [];
        const network = `${first.map((part) => Number.parseInt(part, 2)).join('.')}/${bits}`;
        expect(readNetwork(network)).toEqual({ ok: true, value: network });
        const inside = binary(asked).slice(0, bits) === binary(of).slice(0, bits);
        const [a = 0, b = 0, c = 0, d = 0] = asked;
        expect(networkHolds(network, asked.join('.'))).toBe(inside);
        expect(networkHolds(network, `::ffff:${asked.join('.')}`)).toBe(inside);
        expect(
          networkHolds(network, `::ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`),
        ).toBe(inside);
        expect(networkHolds(network, of.join('.'))).toBe(true);
      }),
    );
  });

  it('hold nothing that is no IPv4 address', () => {
    for (const address of ['2001:db8::1', '::1', 'unix', '', '1.2.3', '::ffff:1.2.3.4.5']) {
      expect(networkHolds('1.0.0.0/8', address)).toBe(false);
      expect(ipv4Number(unmapped(address))).toBeUndefined();
    }
  });
});

describe('domains', () => {
  it.each([
    ['CRM.Example.com.', 'crm.example.com'],
    ['*.example.com', '*.example.com'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['localhost', 'localhost'],
  ])('%s is %s', (text, value) => {
    expect(readDomain(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['https://example.com', 'host alone'],
    ['example.com:8080', 'host alone'],
    ['example.com/path', 'host alone'],
    ['*.com', 'whole ending'],
    ['*', 'not a domain'],
    ['a.*.com', 'not a domain'],
    ['', 'not a domain'],
    ['user@example.com', 'not a domain'],
    ['a b.com', 'not a domain'],
    ['203.0.113.7', 'is an address'],
    [`${'a'.repeat(64)}.com`, 'not a domain'],
  ])('%s is refused: %s', (text, problem) => {
    expect(readDomain(text)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it('hold their own host, and with a star every host below and not their own', () => {
    expect(domainHolds('example.com', 'example.com')).toBe(true);
    expect(domainHolds('example.com', 'www.example.com')).toBe(false);
    expect(domainHolds('*.example.com', 'a.b.example.com')).toBe(true);
    expect(domainHolds('*.example.com', 'example.com')).toBe(false);
    expect(domainHolds('*.example.com', 'evilexample.com')).toBe(false);
    expect(domainHolds('example.com', 'example.com.evil.net')).toBe(false);
  });

  it('are read from Origin, and from Referer without one', () => {
    expect(siteOf('https://Shop.Example.com:8443', 'https://other.example/x')).toBe('shop.example.com');
    expect(siteOf(undefined, 'https://shop.example.com/cart?x=1')).toBe('shop.example.com');
    expect(siteOf('null', undefined)).toBe('');
    expect(siteOf('null', 'https://shop.example.com/')).toBe('');
    expect(siteOf(undefined, undefined)).toBeUndefined();
  });
});

describe('a call', () => {
  const networks = ['203.0.113.0/24'];
  const domains = ['shop.example.com'];
  const [inside, outside] = ['203.0.113.9', '198.51.100.9'];
  it.each([
    [{ networks: [], domains: [] }, outside, 'evil.example', undefined],
    [{ networks, domains: [] }, inside, undefined, undefined],
    [{ networks, domains: [] }, inside, 'evil.example', undefined],
    [{ networks, domains: [] }, outside, undefined, 'ADDRESS_NOT_ALLOWED'],
    [{ networks, domains: [] }, undefined, undefined, 'ADDRESS_NOT_ALLOWED'],
    [{ networks: [], domains }, outside, 'shop.example.com', undefined],
    [{ networks: [], domains }, outside, 'evil.example', 'DOMAIN_NOT_ALLOWED'],
    [{ networks: [], domains }, outside, '', 'DOMAIN_NOT_ALLOWED'],
    [{ networks: [], domains }, outside, undefined, 'DOMAIN_NOT_ALLOWED'],
    [{ networks, domains }, inside, undefined, undefined],
    [{ networks, domains }, inside, '', 'DOMAIN_NOT_ALLOWED'],
    [{ networks, domains }, inside, 'evil.example', 'DOMAIN_NOT_ALLOWED'],
    [{ networks, domains }, outside, 'shop.example.com', 'ADDRESS_NOT_ALLOWED'],
  ])('%j from %s of site %j: %s', (lists, address, site, answer) => {
    expect(judgeSource(lists, { address, site })).toBe(answer);
  });
});
