/**
 * `npm run owner`: makes an account its first owner, on servers of one's own, where nobody is there yet to invite
 * anybody. Prints a link to choose a password; running it again prints another.
 */
import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';
import { ConfigError, readConfig } from '../config.ts';
import { type Database, inTransaction, openDatabase } from '../db/client.ts';
import { writeAudit } from '../db/queries/audit.ts';
import { addMembership, changeMembership, ensureUser } from '../db/queries/users.ts';
import { explain, Trouble } from './trouble.ts';

const USAGE =
  'npm run owner -- EMAIL --name "Asha Rao" --account "Rao Traders" --zone Asia/Kolkata --country IN [--operations]';
const LINK_HOURS = 7 * 24;

const isZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
};

const wanted = z.object({
  email: z.email('EMAIL must be a mail address').transform((text) => text.toLowerCase()),
  name: z.string('--name is needed').trim().min(1, '--name is empty').max(100),
  account: z.string('--account is needed').trim().min(1, '--account is empty').max(100),
  zone: z.string('--zone is needed').refine(isZone, '--zone must be a time zone, such as Asia/Kolkata'),
  country: z
    .string('--country is needed')
    .transform((text) => text.toUpperCase())
    .refine((text) => isSupportedCountry(text) && getCountryCallingCode(text) !== undefined, {
      error: '--country must be two letters, such as IN',
    }),
  operations: z.boolean().default(false),
});
export type FirstOwner = z.infer<typeof wanted>;

/** @throws Trouble that names what is missing */
export function readFirstOwner(args: string[]): FirstOwner {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(
        ['name', 'account', 'zone', 'country'].map((name) => [name, { type: 'string' as const }]),
      ),
      operations: { type: 'boolean' },
    },
  });
  const parsed = wanted.safeParse({ ...values, email: positionals[0] ?? '' });
  if (parsed.success) return parsed.data;
  throw new Trouble(`${parsed.error.issues.map(({ message }) => message).join('\n')}\n${USAGE}`);
}

/** Makes what is missing, all of it or nothing. @returns the token of a link that sets a password */
export async function makeFirstOwner(db: Database, owner: FirstOwner): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await inTransaction(db, async (tx) => {
    const [found] = await tx.sql<{ id: number }[]>`
      select id from accounts where name = ${owner.account} order by id limit 1`;
    const [made] = found
      ? []
      : await tx.sql<{ id: number }[]>`
          insert into accounts (name, time_zone, default_country, holder_email)
          values (${owner.account}, ${owner.zone}, ${owner.country}, ${owner.email}) returning id`;
    const accountId = (found ?? made)?.id;
    if (accountId === undefined) throw new Error('the account was not stored');
    const { id: userId } = await ensureUser(tx, owner);
    await addMembership(tx, { userId, accountId, role: 'owner' });
    await changeMembership(tx, { userId, accountId, role: 'owner', disabled: false });
    if (owner.operations) await tx.sql`update users set operations = true where id = ${userId}`;
    await tx.sql`
      insert into password_links (user_id, account_id, token_hash, state, due_at, expires_at)
      values (${userId}, ${accountId}, ${createHash('sha256').update(token).digest('hex')}, 'SENT', null,
              now() + ${LINK_HOURS} * interval '1 hour')`;
    const detail = { role: 'owner', operations: owner.operations };
    await writeAudit(tx, {
      accountId,
      actor: 'system',
      action: 'user.invite',
      subject: `user/${userId}`,
      detail,
    });
  });
  return token;
}

if (process.argv[1]?.endsWith('owner.ts')) {
  try {
    const owner = readFirstOwner(process.argv.slice(2));
    const config = readConfig({ TEMPORAL_ADDRESS: 'unused:1', ...process.env });
    const db = openDatabase(config.DATABASE_URL, 1);
    const token = await makeFirstOwner(db, owner);
    await db.close();
    const base = (config.CLARION_PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}`).replace(/\/+$/, '');
    console.log(
      `${owner.email} is an owner of ${owner.account}. To choose a password, within seven days, once:`,
    );
    console.log(`${base}/set-password#${token}`);
  } catch (error) {
    const isPlain = error instanceof ConfigError || error instanceof Trouble || error instanceof TypeError;
    console.error(isPlain ? error.message : (explain(error) ?? error));
    process.exit(1);
  }
}
