/**
 * Whether a mail comes from the domain its From names: SPF or DKIM passes, and the domain it passes for is the
 * From's own (alignment, RFC 7489, 3.1). Without the last, anybody could pass as a domain of theirs and write
 * another's address in From. mailauth does the cryptography and the look-ups; what counts is decided here, as its
 * verdicts are meant for headers and are laxer.
 */
import type { Readable } from 'node:stream';
import { type DKIMResult, dkimVerify, dmarc, spf } from 'mailauth';
import { getDomain } from 'tldts';
import type { LookUp } from './dns.ts';

/** RFC 8301, 3.2: verifiers do not accept less. */
const MIN_KEY_BITS = 1024;
/** What a signature must cover so that nobody can put another subject or date to a signed mail and send it again. */
const MUST_BE_SIGNED = ['from', 'subject', 'date'];

export interface AuthenticationFacts {
  spf: { result: string; domain: string | null; aligned: boolean };
  dkim: { domain: string; result: string; aligned: boolean; why?: string }[];
  dmarc: { result: string; policy: string | null };
}

export interface Authenticated {
  passed: boolean;
  /** Something that might have made it pass did not answer: ask again later. */
  unanswered: boolean;
  /** One clause for a person. */
  why: string;
  facts: AuthenticationFacts;
}

export interface ToAuthenticate {
  raw: Readable;
  /** The one address of the header From. */
  from: string;
  mailFrom: string | null;
  helo: string | null;
  clientAddress: string | null;
  /** What a service found that alone knew the client; asked for here where it is null. */
  spfResult: string | null;
}

/** What mailauth's types leave out of a result. */
type Signature = DKIMResult & {
  algo?: string;
  rr?: string;
  signingHeaders?: { keys: string };
  canonBodyLengthLimited?: boolean;
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The part of a domain that somebody registered: of `mail.shop.co.in` that is `shop.co.in` (publicsuffix.org). */
const organisation = (domain: string): string => getDomain(domain, { allowPrivateDomains: true }) ?? domain;

/** Whether a domain may speak for another: the same one, or, unless that is asked for, of the same organisation. */
export function isAlignedFor(domain: string, from: string, strict = false): boolean {
  const [a, b] = [domain.toLowerCase(), from.toLowerCase()];
  return strict ? a === b : organisation(a) === organisation(b);
}

/** @throws what reading the mail throws; a name server that does not answer is no error but `unanswered` */
export async function authenticate(mail: ToAuthenticate, lookUp: LookUp): Promise<Authenticated> {
  const from = domainOf(mail.from);
  const signed = await dkimVerify(mail.raw, {
    resolver: lookUp,
    minBitLength: MIN_KEY_BITS,
    sender: mail.mailFrom ?? '',
  });
  // What is not there is not read either: a mail without a subject names no flow.
  const there = signed.headers?.parsed.map(({ key }) => key) ?? [];
  const mustBeSigned = MUST_BE_SIGNED.filter((name) => there.includes(name));
  const sending = await checkSpf(mail, lookUp);
  const policy = await dmarc({ headerFrom: mail.from, spfDomains: [], dkimDomains: [], resolver: lookUp });
  const record = policy === false ? undefined : policy;
  // mailauth names the modes, and does not hold to them.
  const strict = {
    spf: record?.alignment?.spf.strict === true,
    dkim: record?.alignment?.dkim.strict === true,
  };
  const facts: AuthenticationFacts = {
    spf: { ...sending, aligned: sending.domain !== null && isAlignedFor(sending.domain, from, strict.spf) },
    dkim: (signed.results as Signature[])
      .filter(({ signingDomain }) => signingDomain)
      .map((signature) => {
        const why = whyNotCounted(signature, mustBeSigned);
        return {
          domain: signature.signingDomain.toLowerCase(),
          result: signature.status.result,
          aligned: isAlignedFor(signature.signingDomain, from, strict.dkim),
          ...(why !== undefined && { why }),
        };
      }),
    dmarc: { result: record?.status.result ?? 'none', policy: record?.policy ?? null },
  };
  const concluded = conclude(facts);
  if (record?.rr) facts.dmarc.result = concluded.passed ? 'pass' : 'fail';
  return { facts, ...concluded };
}

function conclude(facts: AuthenticationFacts): Omit<Authenticated, 'facts'> {
  const bySpf = facts.spf.result === 'pass' && facts.spf.aligned;
  const byDkim = facts.dkim.some(
    ({ result, aligned, why }) => result === 'pass' && aligned && why === undefined,
  );
  const dmarcAway = isTemporary(facts.dmarc.result);
  // Whether alignment is strict is in the record that could not be had.
  const passed = (bySpf || byDkim) && !dmarcAway;
  const unanswered =
    !passed &&
    (dmarcAway ||
      (facts.spf.aligned && isTemporary(facts.spf.result)) ||
      facts.dkim.some(({ result, aligned }) => aligned && isTemporary(result)));
  return { passed, unanswered, why: passed ? '' : explain(facts) };
}

const isTemporary = (result: string): boolean => result === 'temperror' || result === 'temperr';

function explain({ spf: sending, dkim, dmarc: policy }: AuthenticationFacts): string {
  const ofDomain = sending.domain === null ? '' : ` for ${sending.domain}`;
  const unlike = (aligned: boolean): string => (aligned ? '' : ', which is not the domain of From');
  const signatures = dkim.map(
    ({ domain, result, aligned, why }) =>
      `DKIM ${result} for ${domain}${unlike(aligned)}${why === undefined ? '' : ` (${why})`}`,
  );
  return [
    `SPF ${sending.result}${ofDomain}${sending.result === 'pass' ? unlike(sending.aligned) : ''}`,
    ...(signatures.length > 0 ? signatures : ['no DKIM signature']),
    ...(isTemporary(policy.result) ? ['the DMARC record could not be looked up'] : []),
  ].join('; ');
}

async function checkSpf(
  mail: ToAuthenticate,
  lookUp: LookUp,
): Promise<{ result: string; domain: string | null }> {
  const { mailFrom, helo, clientAddress, spfResult } = mail;
  if (mailFrom === null) return { result: 'none', domain: null };
  const domain = domainOf(mailFrom);
  if (spfResult !== null) return { result: spfResult, domain };
  if (clientAddress === null) return { result: 'none', domain };
  const found = await spf({
    sender: mailFrom,
    ip: clientAddress,
    helo: helo ?? 'unknown',
    mta: 'clarion',
    resolver: lookUp,
  });
  return { result: found.status.result, domain };
}

/** Why a signature that may well be good does not count here; undefined when it does. */
function whyNotCounted(signature: Signature, mustBeSigned: readonly string[]): string | undefined {
  const covered = (signature.signingHeaders?.keys ?? '').toLowerCase().split(/\s*:\s*/);
  const open = mustBeSigned.filter((name) => !covered.includes(name));
  if (open.length > 0) return `it does not cover ${open.join(', ')}`;
  // Whatever stands after the signed length is anybody's: a list could be attached to somebody's mail.
  if (signature.canonBodyLengthLimited) return 'it covers only a part of the body';
  if (!/-sha256$/i.test(signature.algo ?? '')) return 'SHA-1 is not accepted (RFC 8301)';
  if (/(^|;)t=([^;]*:)?y(:|;|$)/i.test((signature.rr ?? '').replace(/\s+/g, '')))
    return 'the domain is only testing it';
  return signature.status.comment && signature.status.result !== 'pass'
    ? signature.status.comment
    : undefined;
}
