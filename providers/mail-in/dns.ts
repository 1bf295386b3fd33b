/**
 * Where the judging of senders looks names up. Names of a file may be put before the real DNS, so that the demo
 * and tests have senders whose keys they hold; only names that nobody can own are taken from it, so such a file
 * can make no real sender out of anybody.
 */
import { Resolver } from 'node:dns/promises';
import { z } from 'zod';

/** As mailauth asks: answers of `node:dns`, errors with its codes. */
export type LookUp = (name: string, type: string) => Promise<string[][] | string[]>;

/** Reserved by RFC 2606 and RFC 6762: no registry gives them out. */
const NOBODYS = /(^|\.)(test|example|invalid|localhost|local)$/;

const QUERY_TIMEOUT_MS = 5_000;
const TRIES = 2;

const records = z.record(
  z.string().regex(NOBODYS, 'must end in .test, .example, .invalid, .localhost or .local'),
  z.strictObject({ TXT: z.array(z.string().max(4096)).optional(), A: z.array(z.ipv4()).optional() }),
);

/** Names, and their records by type. */
export type OwnNames = z.infer<typeof records>;

/**
 * @param text JSON: `{"shop.test": {"TXT": ["v=spf1 ip4:127.0.0.1 -all"]}}`
 * @throws Error that says what is wrong with it
 */
export function readOwnNames(text: string): OwnNames {
  const parsed = records.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
}

/**
 * @param own names answered from here alone: what is not listed of their kind does not exist
 * @param outside asked for all others; by default the machine's own resolver
 */
export function createLookUp(own: OwnNames = {}, outside: LookUp = realDns()): LookUp {
  const names = new Map(Object.entries(own).map(([name, types]) => [name.toLowerCase(), types]));
  return async (name, type) => {
    const asked = name.toLowerCase().replace(/\.$/, '');
    // The real DNS has none of these either; asking it would only tell others about our demo.
    if (!NOBODYS.test(asked)) return outside(asked, type);
    const types = names.get(asked);
    if (type === 'TXT' && types?.TXT) return types.TXT.map((record) => [record]);
    if (type === 'A' && types?.A) return types.A;
    throw Object.assign(new Error(`${type} of ${asked}: no such record`), {
      code: types === undefined ? 'ENOTFOUND' : 'ENODATA',
    });
  };
}

function realDns(): LookUp {
  const resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: TRIES });
  return (name, type) => resolver.resolve(name, type) as Promise<string[][] | string[]>;
}
