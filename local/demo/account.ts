/**
 * The demo account: made at the first start and kept from then on. What exists is left as it is, so that
 * whoever edits the demo flows finds their own again.
 */
import { randomBytes, scryptSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hashKey } from '../../api/auth.ts';
import { type Database, inTransaction, openDatabase } from '../../db/client.ts';
import { createApiKey, findApiKey } from '../../db/queries/api-keys.ts';
import { approveFlow, createFlow, findFlowByName, publishFlow } from '../../db/queries/flows.ts';
import { flowDefinition } from '../../domain/flow/schema.ts';
import type { FlowType } from '../../domain/outcome.ts';
import type { Memory } from '../data-dir.ts';

const ADMIN_EMAIL = 'admin@demo.local';
const ACCOUNT_NAME = 'Demo';
const BY = 'system';
/** Any number will do, so long as every start takes the same one. */
const DEMO_LOCK = 7_215_043;

/** Definitions are in `flows/<name>.json`. Transactional ones are exempt from scrubbing, and approved here. */
const FLOWS: { name: string; type: FlowType; transactional: boolean }[] = [
  { name: 'demo-survey', type: 'outbound', transactional: true },
  { name: 'demo-notice', type: 'notification', transactional: true },
  { name: 'demo-offer', type: 'outbound', transactional: false },
];

/**
 * Makes what is missing of the account, its owner, its keys and its flows, all of it or nothing.
 * @param memory the keys and the password, which the database holds only as hashes
 */
export async function ensureDemo(url: string, memory: Memory): Promise<{ adminEmail: string }> {
  const db = openDatabase(url, 2);
  try {
    await inTransaction(db, async (tx) => {
      // Two stacks on one DATABASE_URL may start at once.
      await tx.sql`select pg_advisory_xact_lock(${DEMO_LOCK})`;
      const accountId = await ensureAccount(tx);
      await ensureOwner(tx, accountId, memory.adminPassword);
      await ensureKey(tx, { accountId, name: 'Demo', key: memory.apiKey });
      await ensureKey(tx, { accountId: null, name: 'Operations', key: memory.operationsKey });
      for (const flow of FLOWS) await ensureFlow(tx, accountId, flow);
    });
    return { adminEmail: ADMIN_EMAIL };
  } finally {
    await db.close();
  }
}

async function ensureAccount(tx: Database): Promise<number> {
  const [found] = await tx.sql<
    { id: number }[]
  >`select id from accounts where name = ${ACCOUNT_NAME} order by id limit 1`;
  if (found) return found.id;
  const [made] = await tx.sql<{ id: number }[]>`
    insert into accounts (name, time_zone, default_country, holder_email, transactional_contract)
    values (${ACCOUNT_NAME}, 'Asia/Kolkata', 'IN', ${ADMIN_EMAIL}, true) returning id`;
  if (!made) throw new Error('the demo account was not stored');
  return made.id;
}

/** Another data directory on the same DATABASE_URL brings a password of its own, and the last one holds. */
async function ensureOwner(tx: Database, accountId: number, password: string): Promise<void> {
  const hash = passwordHash(password);
  const [user] = await tx.sql<{ id: number }[]>`
    insert into users (email, name, password_hash, operations) values (${ADMIN_EMAIL}, 'Demo owner', ${hash}, true)
    on conflict (email) do update set password_hash = excluded.password_hash returning id`;
  if (!user) throw new Error('the demo owner was not stored');
  await tx.sql`
    insert into memberships (user_id, account_id, role) values (${user.id}, ${accountId}, 'owner')
    on conflict do nothing`;
}

async function ensureKey(
  tx: Database,
  input: { accountId: number | null; name: string; key: string },
): Promise<void> {
  const { accountId, name, key } = input;
  const hash = hashKey(key);
  if (await findApiKey(tx, { hash })) return;
  await createApiKey(tx, { accountId, name, prefix: key.slice(0, 9), hash, scopes: ['*'] });
}

async function ensureFlow(tx: Database, accountId: number, flow: (typeof FLOWS)[number]): Promise<void> {
  if (await findFlowByName(tx, { accountId, name: flow.name })) return;
  const draft: unknown = JSON.parse(
    readFileSync(new URL(`./flows/${flow.name}.json`, import.meta.url), 'utf8'),
  );
  const definition = flowDefinition.parse(draft);
  const made = await createFlow(tx, { accountId, ...flow, draft });
  if (!made) throw new Error(`the flow ${flow.name} was not stored`);
  const { version } = await publishFlow(tx, { accountId, flowId: made.id, definition, publishedBy: BY });
  if (flow.transactional) await approveFlow(tx, { accountId, flowId: made.id, version });
}

/** scrypt with the parameters OWASP names (N 2^17, r 8, p 1), written as `scrypt$N$r$p$salt$hash`. */
function passwordHash(password: string): string {
  const [N, r, p] = [2 ** 17, 8, 1];
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, 32, { N, r, p, maxmem: 256 * N * r });
  return ['scrypt', N, r, p, salt.toString('base64'), hash.toString('base64')].join('$');
}
