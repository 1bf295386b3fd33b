/**
 * Reads an uploaded list into `records`: one pass, flat memory, every row answered for. All that it changes
 * is one transaction, so a crash at any line leaves nothing and the next run begins from the file's first
 * byte; once that transaction is in, a further run only reports what it did.
 */
import { Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import { type Database, inTransaction } from '../db/client.ts';
import type { CopyInto } from '../db/copy.ts';
import {
  addIngestEvent,
  copyRecords,
  countRows,
  type IngestKey,
  type IngestRequest,
  lockIngest,
  type ResultCounts,
  readIngestRequest,
  rejectRequest,
} from '../db/queries/ingest.ts';
import { isUploadNeeded } from '../db/queries/splits.ts';
import { lookUp } from '../db/queries/suppression.ts';
import { LIST_LIMITS } from '../domain/list/limits.ts';
import { ListRejected } from '../domain/list/rejection.ts';
import type { FileRejection } from '../domain/outcome.ts';
import type { PromotionCategory } from '../domain/register.ts';
import { SeenNumbers } from '../domain/row.ts';
import { armOf } from '../domain/split.ts';
import { TrialRefused, TrialRows } from '../domain/trial.ts';
import type { Logger } from '../log.ts';
import type { DoNotCallRegister, RegisterAnswer } from '../providers/register/register.ts';
import type { Storage } from '../providers/storage/storage.ts';
import { readList } from './ingest/read-list.ts';
import { type ReadRow, RowReader, type Suppression, writeRows } from './ingest/rows.ts';
import { Turns } from './ingest/turns.ts';

export interface IngestResult {
  rejected: FileRejection | null;
  loaded: number;
  added: number;
}

export interface IngestDeps {
  db: Database;
  storage: Storage;
  register: DoNotCallRegister;
  log: Logger;
}

/** What a scrub goes by, kept with the request. */
interface ScrubEvidence {
  provider: string;
  version: string | null;
  askedAt: string;
  category: PromotionCategory | null;
  class: 'promotional';
  /** Rows for which a register outside said nothing, so that its failure policy decided. */
  unanswered: number;
  /** When the oldest of its answers was given, where it keeps them. */
  oldestAnswer: string | null;
}

/** Rows looked up and written at a time: a query of a few milliseconds, a couple of megabytes of rows. */
const BATCH_ROWS = 5000;
/**
 * Lists read at once by one process. Each holds one connection and asks on a second, so there must be twice
 * as many connections as this; and each may hold some 200 MB for the largest zip.
 */
const LISTS_AT_ONCE = 2;

export function createIngestList(deps: IngestDeps): (key: IngestKey) => Promise<IngestResult> {
  const turns = new Turns(LISTS_AT_ONCE);
  return (key) => turns.run(() => ingestList(deps, key));
}

async function ingestList(deps: IngestDeps, key: IngestKey): Promise<IngestResult> {
  const request = await readIngestRequest(deps.db, key, new Date());
  let rejection: ListRejected | undefined;
  if (!request.ingested) {
    try {
      await load(deps, key);
    } catch (error) {
      if (!(error instanceof ListRejected)) throw error;
      rejection = error;
      const why = { rejection: error.rejection, detail: error.message };
      await inTransaction(deps.db, (tx) => rejectRequest(tx, key, why));
    }
  }
  // A crash before this line leaves the upload behind; the activity's retry comes here again.
  // Arms of a split read one file: the last of them removes it.
  if (request.upload && !(await isUploadNeeded(deps.db, key))) await deps.storage.remove(request.upload.key);
  const now = await readIngestRequest(deps.db, key, new Date());
  deps.log.info(
    { ...key, loaded: now.loaded, added: now.added, rejection: rejection?.rejection },
    'list read',
  );
  return { rejected: now.rejection, loaded: now.loaded, added: now.added };
}

/** @throws ListRejected, with nothing changed */
async function load(deps: IngestDeps, key: IngestKey): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    await lockIngest(tx, key);
    // Read again under the lock: another run may have finished while this one waited.
    const request = await readIngestRequest(tx, key, new Date());
    if (request.ingested) return;
    const loading = new Loading(deps, key, request);
    const { upload } = request;
    if (upload) await copyRecords(tx, (copy) => loading.run(copy, upload));
    const { counts, scrub } = loading;
    await countRows(tx, key, counts);
    await addIngestEvent(tx, key, {
      type: 'INGESTED',
      data: { results: counts, registerVersion: scrub?.version ?? null, scrub },
    });
  });
}

/** One list on its way in. While one batch is looked up, the next is read. */
class Loading {
  readonly counts: ResultCounts = {};
  /** How the list was scrubbed; null while it was not. */
  scrub: ScrubEvidence | null = null;
  readonly #deps: IngestDeps;
  readonly #key: IngestKey;
  readonly #request: IngestRequest;
  readonly #startedAt = new Date();
  readonly #seen = new SeenNumbers();
  readonly #trial = new TrialRows();
  /** Rows of the list, and those of them that are the request's: fewer in an arm of a split. */
  #met = 0;
  #rows = 0;
  #batch: ReadRow[] = [];

  constructor(deps: IngestDeps, key: IngestKey, request: IngestRequest) {
    this.#deps = deps;
    this.#key = key;
    this.#request = request;
  }

  /** @throws ListRejected */
  async run(copy: CopyInto, upload: { key: string; format: 'csv' | 'zip' }): Promise<void> {
    const { rules, phoneColumn, declared, split, lateOf } = this.#request;
    const reading = { phoneColumn, declared, country: rules.country };
    let writing: Promise<void> = Promise.resolve();
    const flush = async (): Promise<void> => {
      goOn();
      const rows = this.#batch;
      this.#batch = [];
      const asked = this.#lookUp(rows);
      // Whichever of the two fails first is reported; the other must not end the process meanwhile.
      asked.catch(() => {});
      await writing;
      writing = asked.then((found) =>
        copy.write(writeRows(this.#key, rows, found, rules, this.counts, this.#trial, lateOf)),
      );
      writing.catch(() => {});
    };
    let shape: unknown;
    let reader: RowReader | undefined;
    let sawHeader = false;
    await readList(this.#deps.storage, upload, reading, async (batch) => {
      sawHeader = true;
      if (!reader || shape !== batch.shape) {
        reader = new RowReader(batch.shape, rules);
        shape = batch.shape;
      }
      for (const cells of batch.rows) {
        this.#met += 1;
        if (this.#met % BATCH_ROWS === 0) goOn();
        const row = reader.read(cells, this.#rows + 1, this.#seen);
        if (split && armOf(row.number?.e164, split) !== split.arm) continue;
        this.#rows += 1;
        this.#batch.push(row);
        if (this.#batch.length >= BATCH_ROWS) await flush();
      }
      if (this.#met > LIST_LIMITS.rows) throw tooManyRows(upload.format);
    });
    if (this.#met === 0) {
      throw new ListRejected(
        'EMPTY_FILE',
        sawHeader ? 'the file has a header but no rows' : 'the file is empty',
      );
    }
    await flush();
    await writing;
    if (rules.whitelistedOnly) checkTrial(this.#trial);
  }

  /** On other connections than the COPY's; the numbers of one batch in one query a list. */
  async #lookUp(rows: readonly ReadRow[]): Promise<Suppression> {
    const { accountId } = this.#key;
    const numbers = rows.flatMap((row) => (row.number && row.repeats === 0 ? [row.number.e164] : []));
    const [listed, answer] = await Promise.all([
      lookUp(this.#deps.db, { accountId, numbers, now: this.#startedAt }),
      this.#request.rules.scrub ? this.#deps.register.lookUp(accountId, numbers) : undefined,
    ]);
    if (answer) this.#note(answer);
    return { ...listed, entries: answer?.entries ?? new Map() };
  }

  /** The first moment and every version: a register may be loaded anew while a list is read. */
  #note({ version, unanswered = 0, oldest }: RegisterAnswer): void {
    const { category } = this.#request.rules;
    this.scrub ??= {
      provider: this.#deps.register.name,
      version,
      askedAt: new Date().toISOString(),
      category,
      class: 'promotional',
      unanswered: 0,
      oldestAnswer: null,
    };
    this.scrub.unanswered += unanswered;
    const answeredAt = oldest?.toISOString() ?? null;
    if (answeredAt !== null && answeredAt < (this.scrub.oldestAnswer ?? '~'))
      this.scrub.oldestAnswer = answeredAt;
    const named = this.scrub.version?.split('; ') ?? [];
    if (version !== null && !named.includes(version)) this.scrub.version = [...named, version].join('; ');
  }
}

/** @throws ListRejected */
function checkTrial(trial: TrialRows): void {
  try {
    trial.check();
  } catch (error) {
    throw error instanceof TrialRefused ? new ListRejected('FLOW_NOT_RUNNABLE', error.message) : error;
  }
}

function tooManyRows(format: 'csv' | 'zip'): ListRejected {
  const most = LIST_LIMITS.rows.toLocaleString('en');
  const rejection = format === 'csv' ? 'FILE_TOO_LARGE' : 'ZIP_TOO_LARGE';
  return new ListRejected(rejection, `a list may have at most ${most} rows`);
}

/** Tells Temporal that the work goes on, and stops it when it was called off. Outside an activity: nothing. */
function goOn(): void {
  const context = activityContext();
  if (!context) return;
  context.heartbeat();
  if (context.cancellationSignal.aborted) throw new CancelledFailure('reading the list was called off');
}

function activityContext(): Context | undefined {
  try {
    return Context.current();
  } catch {
    return undefined;
  }
}
