/**
 * The demo account: made at the first start and kept from then on. What exists is left as it is, so that
 * whoever edits the demo flows finds their own again.
 */
import { readFileSync } from 'node:fs';
import { hashKey } from '../../api/auth.ts';
import { type Database, inTransaction, openDatabase } from '../../db/client.ts';
import { hashPassword, isPassword } from '../../db/password-hash.ts';
import { createApiKey, findApiKey } from '../../db/queries/api-keys.ts';
import { approveFlow, createFlow, findFlowByName, publishFlow } from '../../db/queries/flows.ts';
import { addMembership, ensureUser, setPassword } from '../../db/queries/users.ts';
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
export async function ensureDemo(
  url: string,
  memory: Memory,
): Promise<{ adminEmail: string; accountId: number }> {
  const db = openDatabase(url, 2);
  try {
    const accountId = await inTransaction(db, async (tx) => {
      // Two stacks on one DATABASE_URL may start at once.
      await tx.sql`select pg_advisory_xact_lock(${DEMO_LOCK})`;
      const accountId = await ensureAccount(tx);
      await ensureOwner(tx, accountId, memory.adminPassword);
      await ensureKey(tx, { accountId, name: 'Demo', key: memory.apiKey });
      await ensureKey(tx, { accountId: null, name: 'Operations', key: memory.operationsKey });
      for (const flow of FLOWS) await ensureFlow(tx, accountId, flow);
      return accountId;
    });
    return { adminEmail: ADMIN_EMAIL, accountId };
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
  const user = await ensureUser(tx, { email: ADMIN_EMAIL, name: 'Demo owner' });
  await tx.sql`update users set operations = true where id = ${user.id}`;
  await addMembership(tx, { userId: user.id, accountId, role: 'owner' });
  const [known] = await tx.sql<{ password: string | null }[]>`
    select password from credentials where user_id = ${user.id} and provider_id = 'credential'`;
  // Not written anew at each start: whoever is signed in stays so.
  if (known?.password && (await isPassword(known.password, password))) return;
  await setPassword(tx, { userId: user.id, passwordHash: await hashPassword(password), emailProved: true });
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
