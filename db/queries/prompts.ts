/** Prompts of an account: what operations approve, what flows may play, and which flows play them. */
import { and, arrayContains, count, desc, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { promptMails, prompts } from '../schema/index.ts';

export type Prompt = typeof prompts.$inferSelect;
export type NewPrompt = Pick<
  Prompt,
  | 'accountId'
  | 'name'
  | 'tags'
  | 'format'
  | 'bytes'
  | 'sha256'
  | 'durationMs'
  | 'originalKey'
  | 'telephoneKey'
  | 'createdBy'
>;
export type PromptStatus = Prompt['status'];
interface PromptKey {
  accountId: number;
  promptId: number;
}

const isPrompt = (key: PromptKey) => and(eq(prompts.accountId, key.accountId), eq(prompts.id, key.promptId));

export async function getPrompt(db: Database, key: PromptKey): Promise<Prompt | undefined> {
  const [found] = await db.orm.select().from(prompts).where(isPrompt(key));
  return found;
}

/** Holds the row until the transaction ends: nobody publishes a flow with it, renames or removes it meanwhile. */
export async function lockPrompt(tx: Database, key: PromptKey): Promise<Prompt | undefined> {
  const [found] = await tx.orm.select().from(prompts).where(isPrompt(key)).for('update');
  return found;
}

/**
 * Newest first, from below `beforeId`.
 * @param input.accountId undefined: of every account, for operations alone
 */
export async function listPrompts(
  db: Database,
  input: {
    accountId: number | undefined;
    status?: PromptStatus | undefined;
    name?: string | undefined;
    tag?: string | undefined;
    limit: number;
    beforeId?: number | undefined;
  },
): Promise<Prompt[]> {
  const { accountId, status, name, tag, limit, beforeId } = input;
  return db.orm
    .select()
    .from(prompts)
    .where(
      and(
        accountId === undefined ? undefined : eq(prompts.accountId, accountId),
        status && eq(prompts.status, status),
        name === undefined ? undefined : eq(prompts.name, name),
        tag === undefined ? undefined : arrayContains(prompts.tags, [tag]),
        beforeId === undefined ? undefined : lt(prompts.id, beforeId),
      ),
    )
    .orderBy(desc(prompts.id))
    .limit(limit);
}

export async function countPrompts(db: Database, input: { accountId: number }): Promise<number> {
  const [found] = await db.orm
    .select({ prompts: count() })
    .from(prompts)
    .where(eq(prompts.accountId, input.accountId));
  return found?.prompts ?? 0;
}

/** Stores a new prompt, to be decided on, and the mail that says so. Undefined when the account has one of that name. */
export async function createPrompt(tx: Database, input: NewPrompt): Promise<Prompt | undefined> {
  const [made] = await tx.orm
    .insert(prompts)
    .values(input)
    .onConflictDoNothing({ target: [prompts.accountId, prompts.name] })
    .returning();
  if (made) await addMail(tx, made, 'SUBMITTED');
  return made;
}

/** Undefined when there is no such prompt. Throws a unique violation (SQLSTATE 23505) when the name is another's. */
export async function updatePrompt(
  tx: Database,
  input: PromptKey & { name?: string | undefined; tags?: string[] | undefined },
): Promise<Prompt | undefined> {
  const { name, tags } = input;
  const [changed] = await tx.orm.update(prompts).set({ name, tags }).where(isPrompt(input)).returning();
  return changed;
}

/**
 * Operations' decision, and the mail about it. The same decision again changes nothing and mails nobody.
 * @param input.prompt locked by the caller
 */
export async function decidePrompt(
  tx: Database,
  input: { prompt: Prompt; status: 'APPROVED' | 'REJECTED'; reason: string | null; decidedBy: string },
): Promise<Prompt> {
  const { prompt, status, reason, decidedBy } = input;
  if (prompt.status === status && prompt.reason === reason) return prompt;
  const [changed] = await tx.orm
    .update(prompts)
    .set({ status, reason, decidedBy, decidedAt: sql`now()` })
    .where(isPrompt({ accountId: prompt.accountId, promptId: prompt.id }))
    .returning();
  if (!changed) throw new Error('a locked prompt is not there');
  await addMail(tx, changed, status);
  return changed;
}

/** The files stay in storage: the caller removes them once this is committed. */
export async function deletePrompt(tx: Database, key: PromptKey): Promise<void> {
  await tx.orm.delete(prompts).where(isPrompt(key));
}

async function addMail(
  tx: Database,
  prompt: Prompt,
  kind: 'SUBMITTED' | 'APPROVED' | 'REJECTED',
): Promise<void> {
  const { accountId, id: promptId, name: promptName, reason } = prompt;
  await tx.orm.insert(promptMails).values({ accountId, promptId, kind, promptName, reason });
}

/**
 * Names of the prompts that flows of the account may play.
 * @param input.hold until the transaction ends they are neither renamed, removed nor rejected
 */
export async function approvedPromptNames(
  db: Database,
  input: { accountId: number; hold?: boolean },
): Promise<string[]> {
  const rows = await db.sql<{ name: string }[]>`
    select name from prompts where account_id = ${input.accountId} and status = 'APPROVED'
    order by id ${input.hold === true ? db.sql`for share` : db.sql``}`;
  return rows.map(({ name }) => name);
}

/**
 * Flows that play a prompt on calls of now or later: by their published version, or by one that a request which has
 * not ended is bound to. At most ten, by name.
 */
export async function flowsPlaying(
  db: Database,
  input: { accountId: number; prompt: string },
): Promise<string[]> {
  const rows = await db.sql<{ name: string }[]>`
    select f.name from flows f
    where f.account_id = ${input.accountId} and exists (
      select from flow_versions v
      where v.account_id = f.account_id and v.flow_id = f.id
        and jsonb_path_exists(v.definition, '$.widgets.**.prompt ? (@ == $prompt)',
                              jsonb_build_object('prompt', ${input.prompt}::text))
        and (v.version = f.published_version or exists (
          select from requests r
          where r.account_id = f.account_id and r.flow_id = f.id and r.flow_version = v.version
            and r.status not in ('COMPLETED', 'CANCELLED', 'EXPIRED', 'REJECTED'))))
    order by f.name limit 10`;
  return rows.map(({ name }) => name);
}

/** Storage keys of approved prompts' telephone sound, by name. What is not among them may not be played. */
export async function promptSounds(
  db: Database,
  input: { accountId: number; names: string[] },
): Promise<Map<string, string>> {
  const rows = await db.sql<{ name: string; telephone_key: string }[]>`
    select name, telephone_key from prompts
    where account_id = ${input.accountId} and status = 'APPROVED' and name = any(${input.names})`;
  return new Map(rows.map((row) => [row.name, row.telephone_key]));
}
