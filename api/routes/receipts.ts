/** Compliance receipts: of one attempt, of however many as CSV or as lines of JSON, and the key they are signed with. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import { type AttemptRow, listAttempts } from '../../db/queries/attempts.ts';
import { readReceiptSources } from '../../db/queries/receipts.ts';
import { DIRECTIONS, MEDIA } from '../../domain/outcome.ts';
import { makeReceipt } from '../../domain/receipt.ts';
import { csvResponse, linesOf, pagesOf } from '../csv.ts';
import { type Api, endpoint, read } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { attemptFilters, readAttemptFilter } from '../list-filters.ts';
import { createReceiptSeal, type ReceiptSeal, type SealedReceipt } from '../receipt-seal.ts';
import { csv } from '../schemas.ts';

/** Receipts are larger than rows of a report. */
const PAGE_RECEIPTS = 500;

const orNotRecorded = <S extends z.ZodType>(schema: S) => z.union([schema, z.literal('not recorded')]);
const open = z.record(z.string(), z.unknown());

const sealed = z
  .object({
    receipt: z.object({
      schema: z.string(),
      accountId: z.int(),
      attempt: z.object({
        id: z.string(),
        direction: z.enum(DIRECTIONS),
        medium: z.enum(MEDIA),
        attemptNo: z.int(),
        step: z.int(),
        number: z.string().nullable(),
        email: z.string().nullable(),
        provider: z.string(),
        providerRef: z.string().nullable(),
      }),
      request: z
        .object({ id: z.int(), row: z.int().nullable(), policyVersion: z.int().nullable() })
        .nullable(),
      flow: z.object({ id: z.int(), version: z.int() }),
      moments: z.object({
        decidedAt: z.string().nullable(),
        answeredAt: z.string().nullable(),
        endedAt: z.string().nullable(),
      }),
      outcome: z.string(),
      cause: z.string().nullable(),
      class: z.string().openapi({
        description: '`promotional`, `transactional`, `not recorded`, or that the person called us.',
      }),
      region: orNotRecorded(z.string().nullable()),
      register: orNotRecorded(open),
      blacklist: orNotRecorded(z.object({ checkedAt: z.string().nullable(), listed: z.boolean() })),
      whitelisted: orNotRecorded(z.boolean()),
      hours: orNotRecorded(open.nullable()).openapi({
        description:
          'Zones, how they were known, and each rule of the day: the flow’s hours, promotional hours, holidays.',
      }),
      frequency: orNotRecorded(open),
      dlt: z.object({ entityId: z.string(), templateId: z.string() }),
      callerId: z.object({ shown: z.string(), series: orNotRecorded(open.nullable()) }),
      consent: orNotRecorded(
        z.object({ given: z.string(), at: z.string().nullable(), source: z.string().nullable() }),
      ),
      priorAttempts: z.array(
        z.object({ id: z.string(), decidedAt: z.string().nullable(), outcome: z.string() }),
      ),
    }),
    digest: z.string(),
    signature: z.object({ algorithm: z.literal('Ed25519'), keyId: z.string(), value: z.string() }),
  })
  .openapi('Receipt');

async function receiptsOf(
  db: Database,
  seal: ReceiptSeal,
  input: { accountId: number; ids: readonly string[] },
): Promise<SealedReceipt[]> {
  return (await readReceiptSources(db, input)).map((source) => seal.seal(makeReceipt(source)));
}

const text = (value: unknown): string | number | boolean | null =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);

/** The columns of the CSV; what is a list or an object stands as JSON in its cell. */
const COLUMNS = {
  attempt: ({ receipt }) => receipt.attempt.id,
  requestId: ({ receipt }) => receipt.request?.id ?? null,
  row: ({ receipt }) => receipt.request?.row ?? null,
  policyVersion: ({ receipt }) => receipt.request?.policyVersion ?? null,
  flowId: ({ receipt }) => receipt.flow.id,
  flowVersion: ({ receipt }) => receipt.flow.version,
  direction: ({ receipt }) => receipt.attempt.direction,
  medium: ({ receipt }) => receipt.attempt.medium,
  number: ({ receipt }) => receipt.attempt.number,
  email: ({ receipt }) => receipt.attempt.email,
  decidedAt: ({ receipt }) => receipt.moments.decidedAt,
  answeredAt: ({ receipt }) => receipt.moments.answeredAt,
  endedAt: ({ receipt }) => receipt.moments.endedAt,
  outcome: ({ receipt }) => receipt.outcome,
  cause: ({ receipt }) => receipt.cause,
  class: ({ receipt }) => receipt.class,
  region: ({ receipt }) => receipt.region,
  register: ({ receipt }) => receipt.register,
  blacklist: ({ receipt }) => receipt.blacklist,
  whitelisted: ({ receipt }) => receipt.whitelisted,
  hours: ({ receipt }) => receipt.hours,
  frequency: ({ receipt }) => receipt.frequency,
  dltEntityId: ({ receipt }) => receipt.dlt.entityId,
  dltTemplateId: ({ receipt }) => receipt.dlt.templateId,
  callerId: ({ receipt }) => receipt.callerId.shown,
  callerSeries: ({ receipt }) => receipt.callerId.series,
  consent: ({ receipt }) => receipt.consent,
  priorAttempts: ({ receipt }) => receipt.priorAttempts,
  digest: ({ digest }) => digest,
  keyId: ({ signature }) => signature.keyId,
  signature: ({ signature }) => signature.value,
} satisfies Record<string, (sealed: SealedReceipt) => unknown>;

export function receiptRoutes(api: Api): void {
  const seal = createReceiptSeal(api.deps.secret);
  const shared = { method: 'get', tag: 'Reports', scope: 'reports:read' } as const;
  read(
    api,
    {
      ...shared,
      path: '/attempts/{id}/receipt',
      summary: 'The compliance receipt of one attempt',
      description:
        'What was known and decided when the attempt was reserved, as it was written down then. `digest` is the SHA-256 of the receipt’s canonical form (RFC 8785), `signature` the platform’s Ed25519 signature of the same bytes. A receipt of an attempt that has not ended changes once: when it ends.',
      params: z.object({ id: z.guid('must be a UUID') }),
      reply: sealed,
    },
    async ({ db, account, params }) => {
      const [found] = await receiptsOf(db, seal, {
        accountId: account.id,
        ids: [params.id.toLowerCase()],
      });
      if (!found) throw notFound('attempt');
      return found;
    },
  );
  /** Pages of receipts in the order of the report. */
  const pages = async function* (
    db: Database,
    account: Parameters<typeof readAttemptFilter>[1],
    query: z.output<typeof attemptFilters>,
  ) {
    const filter = await readAttemptFilter(db, account, query);
    const attempts = pagesOf(
      (after: AttemptRow | undefined) => listAttempts(db, { ...filter, after, limit: PAGE_RECEIPTS }),
      PAGE_RECEIPTS,
    );
    for await (const page of attempts) {
      yield await receiptsOf(db, seal, { accountId: account.id, ids: page.map(({ id }) => id) });
    }
  };
  endpoint(
    api,
    {
      ...shared,
      path: '/reports/receipts.csv',
      summary: 'Receipts as CSV, however many',
      description: 'With the filters of the report. Cells that hold several things hold JSON.',
      query: attemptFilters,
      reply: csv,
      replyType: 'text/csv',
    },
    async ({ db, account, query }) => {
      const cells = (one: SealedReceipt) => Object.values(COLUMNS).map((cell) => text(cell(one)));
      const lines = linesOf(pages(db, account, query), cells);
      return csvResponse('receipts.csv', Object.keys(COLUMNS), lines);
    },
  );
  endpoint(
    api,
    {
      ...shared,
      path: '/reports/receipts.ndjson',
      summary: 'Receipts as lines of JSON, however many',
      description:
        'With the filters of the report. Each line is what `/attempts/{id}/receipt` answers; `clarion receipt verify` checks the whole file.',
      query: attemptFilters,
      reply: z.string(),
      replyType: 'application/x-ndjson',
    },
    async ({ db, account, query }) => ndjsonResponse('receipts.ndjson', pages(db, account, query)),
  );
  read(
    api,
    {
      ...shared,
      path: '/receipts/key',
      summary: 'The public key that receipts are signed with',
      reply: z
        .object({ algorithm: z.literal('Ed25519'), keyId: z.string(), publicKey: z.string() })
        .openapi('ReceiptKey'),
    },
    async () => ({ algorithm: 'Ed25519' as const, keyId: seal.keyId, publicKey: seal.publicKey }),
  );
}

/** In flat memory: the next page is read when the reader has taken the one before. */
function ndjsonResponse(fileName: string, pages: AsyncGenerator<readonly unknown[]>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await pages.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value.map((one) => `${JSON.stringify(one)}\n`).join('')));
      },
      async cancel() {
        await pages.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
  });
}
