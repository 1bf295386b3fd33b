/** Requests to read lists for: an account's flow, a published version, a policy, and storage to put files in. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { createIngestList, type IngestDeps, type IngestResult } from '../../activities/ingest-list.ts';
import type { Database } from '../../db/client.ts';
import { findRegistered } from '../../db/queries/register.ts';
import type { RowResult } from '../../domain/outcome.ts';
import { requestPolicy } from '../../domain/policy.ts';
import type { PromotionCategory } from '../../domain/register.ts';
import { localRegister } from '../../providers/register/local-table.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import { testAccount } from '../support/database.ts';

export interface RequestOptions {
  content?: Readable | Buffer | string;
  format?: 'csv' | 'zip';
  phoneColumn?: string;
  transactional?: boolean;
  promotional?: boolean;
  category?: PromotionCategory;
  variables?: { name: string; required: boolean }[];
  endAt?: Date;
}

export interface StoredRow {
  row: number;
  result: RowResult;
  given: string;
  number: string | null;
  region: string | null;
  variables: Record<string, string>;
  detail: string | null;
}

const GIB = 2 ** 30;

/** Everything a test of ingest needs, on one database. Files are gone when the test file has ended. */
export function listRequests(db: Database) {
  const directory = mkdtempSync(join(tmpdir(), 'clarion-lists-'));
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const storage = localFiles(directory);
  const register = localRegister((input) => findRegistered(db, input));
  const deps: IngestDeps = { db, storage, register, log: pino({ level: 'silent' }) };
  let made = 0;

  const create = async (accountId: number, options: RequestOptions): Promise<number> => {
    made += 1;
    const { sql } = db;
    const definition = JSON.stringify({ variables: options.variables ?? [] });
    const policy = requestPolicy.parse({
      timeZone: 'Asia/Kolkata',
      homeRegion: 'IN',
      promotional: options.promotional ?? true,
      category: options.category ?? null,
    });
    const [flow] = await sql<{ id: number }[]>`
      insert into flows (account_id, name, type, draft, transactional)
      values (${accountId}, ${`flow ${made}`}, 'outbound', '{}', ${options.transactional ?? false}) returning id`;
    const flowId = flow?.id ?? 0;
    await sql`insert into flow_versions (flow_id, version, account_id, definition, published_by)
              values (${flowId}, 1, ${accountId}, ${definition}::text::jsonb, 'test')`;
    let key: string | null = null;
    if (options.content !== undefined) {
      key = `upload/${accountId}/${made}`;
      const { content } = options;
      await storage.write(key, content instanceof Readable ? content : Readable.from([content]), GIB);
    }
    const [request] = await sql<{ id: number }[]>`
      insert into requests (account_id, flow_id, flow_version, flow_type, source, upload_key, upload_format,
                            phone_column, end_at, created_by)
      values (${accountId}, ${flowId}, 1, 'outbound', ${key === null ? 'records' : 'upload'}, ${key},
              ${key === null ? null : (options.format ?? 'csv')}, ${options.phoneColumn ?? null},
              ${options.endAt ?? null}, 'test')
      returning id`;
    const requestId = request?.id ?? 0;
    await sql`insert into request_policies (request_id, version, account_id, policy, created_by)
              values (${requestId}, 1, ${accountId}, ${JSON.stringify(policy)}::text::jsonb, 'test')`;
    return requestId;
  };

  const rows = (requestId: number): Promise<StoredRow[]> => db.sql<StoredRow[]>`
    select row, result, given, number, region, variables, detail from records
    where request_id = ${requestId} order by row`;

  const read = async (options: RequestOptions & { accountId?: number }) => {
    const accountId = options.accountId ?? (await testAccount(db));
    const requestId = await create(accountId, options);
    const result: IngestResult = await createIngestList(deps)({ accountId, requestId });
    return { accountId, requestId, result, rows: await rows(requestId) };
  };

  const requestOf = async (requestId: number) => {
    const [found] = await db.sql<
      {
        status: string;
        rejection: string | null;
        rejectionDetail: string | null;
        loaded: number;
        added: number;
      }[]
    >`select status, rejection, rejection_detail as "rejectionDetail", loaded, added
      from requests where id = ${requestId}`;
    if (!found) throw new Error(`no request ${requestId}`);
    return found;
  };

  /** Rows by result, as the tallies have them. */
  const tallies = async (requestId: number): Promise<Record<string, number>> => {
    const found = await db.sql<{ value: string; count: number }[]>`
      select value, sum(count)::int as count from request_tallies
      where request_id = ${requestId} and kind = 'result' group by value`;
    return Object.fromEntries(found.map(({ value, count }) => [value, count]));
  };

  return { deps, storage, create, read, rows, requestOf, tallies };
}
