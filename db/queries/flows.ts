/** Flows: the draft that is edited, published versions that never change, and operations' approval. */
import { and, asc, desc, eq, getTableColumns, gt, ilike, lt, max, or, sql } from 'drizzle-orm';
import type { FlowType } from '../../domain/outcome.ts';
import type { Database } from '../client.ts';
import { flows, flowVersions } from '../schema/index.ts';
import { anywhere, asId } from './flow-choice.ts';

export type Flow = typeof flows.$inferSelect;
export type FlowVersion = typeof flowVersions.$inferSelect;
interface FlowKey {
  accountId: number;
  flowId: number;
}

const isFlow = (key: FlowKey) => and(eq(flows.accountId, key.accountId), eq(flows.id, key.flowId));

/** @param more `hold`: until the transaction ends nobody else changes it */
export async function getFlow(
  db: Database,
  key: FlowKey,
  more: { hold?: boolean } = {},
): Promise<Flow | undefined> {
  const query = db.orm.select().from(flows).where(isFlow(key));
  const [found] = await (more.hold ? query.for('update') : query);
  return found;
}

export async function findFlowByName(
  db: Database,
  input: { accountId: number; name: string },
): Promise<Flow | undefined> {
  const [found] = await db.orm
    .select()
    .from(flows)
    .where(and(eq(flows.accountId, input.accountId), eq(flows.name, input.name)));
  return found;
}

function isFound(search: string) {
  const id = asId(search);
  return or(ilike(flows.name, anywhere(search)), id === null ? undefined : eq(flows.id, id));
}

/** By id, from above `afterId`. */
export async function listFlows(
  db: Database,
  input: {
    accountId: number;
    type?: FlowType | undefined;
    name?: string | undefined;
    /** An id, or part of a name in any case. */
    search?: string | undefined;
    limit: number;
    afterId?: number | undefined;
  },
): Promise<Flow[]> {
  return db.orm
    .select()
    .from(flows)
    .where(
      and(
        eq(flows.accountId, input.accountId),
        input.type && eq(flows.type, input.type),
        input.name === undefined ? undefined : eq(flows.name, input.name),
        input.search === undefined ? undefined : isFound(input.search),
        input.afterId === undefined ? undefined : gt(flows.id, input.afterId),
      ),
    )
    .orderBy(asc(flows.id))
    .limit(input.limit);
}

/** Stores a new flow as a draft. Undefined when the account has one of that name. */
export async function createFlow(
  db: Database,
  input: { accountId: number; name: string; type: FlowType; draft: unknown; transactional: boolean },
): Promise<Flow | undefined> {
  const [made] = await db.orm
    .insert(flows)
    .values(input)
    .onConflictDoNothing({ target: [flows.accountId, flows.name] })
    .returning();
  return made;
}

/**
 * Replaces parts of a draft, as its next revision. Undefined when there is no such flow, or when it is no longer at
 * the revision that `seen` names. Throws a unique violation (SQLSTATE 23505) when the name is another flow's.
 */
export async function updateFlow(
  db: Database,
  input: FlowKey & {
    name?: string | undefined;
    draft?: unknown;
    transactional?: boolean | undefined;
    seen?: number | undefined;
  },
): Promise<Flow | undefined> {
  const { name, draft, transactional, seen } = input;
  const [changed] = await db.orm
    .update(flows)
    .set({ name, draft, transactional, revision: sql`${flows.revision} + 1`, updatedAt: sql`now()` })
    .where(and(isFlow(input), seen === undefined ? undefined : eq(flows.revision, seen)))
    .returning();
  return changed;
}

/**
 * Makes a definition the flow's next version. The caller has checked it and holds a transaction: the flow's
 * row is locked, so two publishers get two numbers.
 */
export async function publishFlow(
  tx: Database,
  input: FlowKey & { definition: unknown; publishedBy: string },
): Promise<FlowVersion> {
  await tx.orm.select({ id: flows.id }).from(flows).where(isFlow(input)).for('update');
  const [last] = await tx.orm
    .select({ version: max(flowVersions.version) })
    .from(flowVersions)
    .where(and(eq(flowVersions.accountId, input.accountId), eq(flowVersions.flowId, input.flowId)));
  // Negative ones are drafts that were tried: `tried-drafts.ts`.
  const version = Math.max(0, last?.version ?? 0) + 1;
  const [made] = await tx.orm
    .insert(flowVersions)
    .values({ ...input, version })
    .returning();
  await tx.orm.update(flows).set({ publishedVersion: version, updatedAt: sql`now()` }).where(isFlow(input));
  if (!made) throw new Error('the version was not stored');
  return made;
}

export async function getFlowVersion(
  db: Database,
  input: FlowKey & { version: number },
): Promise<FlowVersion | undefined> {
  const [found] = await db.orm
    .select()
    .from(flowVersions)
    .where(
      and(
        eq(flowVersions.accountId, input.accountId),
        eq(flowVersions.flowId, input.flowId),
        eq(flowVersions.version, input.version),
      ),
    );
  return found;
}

/** Requests that have not ended and go by a version. */
const liveRequests = sql<number>`(
  select count(*)::int from requests
  where account_id = flow_versions.account_id and flow_id = flow_versions.flow_id
    and flow_version = flow_versions.version
    and status in ('RECEIVED', 'SCHEDULED', 'IN_PROCESS', 'PAUSED'))`;

export type ListedVersion = Omit<FlowVersion, 'definition'> & { liveRequests: number };

/** Newest first, from below `beforeVersion`. */
export async function listFlowVersions(
  db: Database,
  input: FlowKey & { limit: number; beforeVersion?: number | undefined },
): Promise<ListedVersion[]> {
  const { definition: _, ...columns } = getTableColumns(flowVersions);
  return db.orm
    .select({ ...columns, liveRequests })
    .from(flowVersions)
    .where(
      and(
        eq(flowVersions.accountId, input.accountId),
        eq(flowVersions.flowId, input.flowId),
        gt(flowVersions.version, 0),
        input.beforeVersion === undefined ? undefined : lt(flowVersions.version, input.beforeVersion),
      ),
    )
    .orderBy(desc(flowVersions.version))
    .limit(input.limit);
}

/** Operations' approval of one published version. Undefined when that is not the version now published. */
export async function approveFlow(
  db: Database,
  input: FlowKey & { version: number },
): Promise<Flow | undefined> {
  const [changed] = await db.orm
    .update(flows)
    .set({ approvedVersion: input.version, updatedAt: sql`now()` })
    .where(and(isFlow(input), eq(flows.publishedVersion, input.version)))
    .returning();
  return changed;
}
