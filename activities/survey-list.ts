/**
 * Reads a list as ingest would, by the same reader, decision and look-ups, and writes nothing: what would become of
 * each row, and how many people of which kind there are. Flat memory, but for the numbers a list has met.
 */
import type { Database } from '../db/client.ts';
import { type GivenRow, problemOf } from '../db/queries/add-records.ts';
import { lookUp } from '../db/queries/suppression.ts';
import type { PeopleGroup } from '../domain/forecast/facts.ts';
import type { ListShape } from '../domain/list/header.ts';
import { LIST_LIMITS } from '../domain/list/limits.ts';
import { ListRejected } from '../domain/list/rejection.ts';
import type { RowResult } from '../domain/outcome.ts';
import type { RegisterEntry } from '../domain/register.ts';
import { findMissing, type RowDecision, type RowRules, readNumber, SeenNumbers } from '../domain/row.ts';
import { RateFinder, type TariffRate } from '../domain/tariff.ts';
import { TrialRefused, TrialRows } from '../domain/trial.ts';
import { placeKey } from '../domain/window.ts';
import type { DoNotCallRegister } from '../providers/register/register.ts';
import type { Storage } from '../providers/storage/storage.ts';
import { readList } from './ingest/read-list.ts';
import { judgeRow, type ReadRow, RowReader, type Suppression } from './ingest/rows.ts';
import { Turns } from './ingest/turns.ts';

export interface SurveyInput {
  accountId: number;
  source: { upload: { key: string; format: 'csv' | 'zip' } } | { records: readonly GivenRow[] };
  rules: RowRules;
  phoneColumn: string | null;
  /** The flow's variables in its own spelling. */
  declared: readonly string[];
  rates: readonly TariffRate[];
}

export interface ListSurvey {
  loaded: number;
  /** Rows that would be turned away, by result; the first hundred of each by number. */
  rejected: { result: RowResult; count: number; rows: number[] }[];
  /** Those who would be accepted. */
  people: PeopleGroup[];
  /** What the first line was taken for; of a zip, that of its first file. Null for records. */
  recognised: {
    phoneColumn: string;
    zoneColumn: string | null;
    headless: boolean;
    variables: string[];
  } | null;
  /** The first rows, and the first of those that would be turned away, as they were read. */
  sample: SurveyedRow[];
}

export interface SurveyedRow {
  row: number;
  /** As the list has it. */
  given: string;
  /** E.164; null where it is none. */
  number: string | null;
  result: RowResult;
  detail: string | null;
  variables: Record<string, string>;
}

export interface SurveyDeps {
  db: Database;
  storage: Storage;
  register: Pick<DoNotCallRegister, 'lookUp'>;
}

/** Rows looked up at a time, as ingest does. */
const BATCH_ROWS = 5_000;
const ROWS_NAMED = 100;
/** Rows shown as they were read: the first ones, and the first that are turned away. */
const FIRST_SHOWN = 5;
const REJECTED_SHOWN = 10;
/** Lists read at once by one process: parsing takes its processor from everybody it answers. */
const LISTS_AT_ONCE = 1;

/** @returns a survey; @throws ListRejected for a list that ingest would turn away whole */
export function createSurveyList(deps: SurveyDeps): (input: SurveyInput) => Promise<ListSurvey> {
  const turns = new Turns(LISTS_AT_ONCE);
  return (input) => turns.run(() => new Survey(deps, input).run());
}

class Survey {
  readonly #deps: SurveyDeps;
  readonly #input: SurveyInput;
  readonly #finder: RateFinder;
  readonly #seen = new SeenNumbers();
  readonly #trial = new TrialRows();
  readonly #groups = new Map<string, PeopleGroup & { rows: number[] }>();
  readonly #rejected = new Map<RowResult, ListSurvey['rejected'][number]>();
  readonly #startedAt = new Date();
  readonly #sample: SurveyedRow[] = [];
  #recognised: ListSurvey['recognised'] = null;
  #rejectedShown = 0;
  #batch: ReadRow[] = [];
  #rows = 0;

  constructor(deps: SurveyDeps, input: SurveyInput) {
    this.#deps = deps;
    this.#input = input;
    this.#finder = new RateFinder(input.rates);
  }

  async run(): Promise<ListSurvey> {
    const { source, rules } = this.#input;
    if ('upload' in source) await this.#readFile(source.upload);
    else await this.#readRecords(source.records);
    await this.#flush();
    if (rules.whitelistedOnly) checkTrial(this.#trial);
    return {
      loaded: this.#rows,
      rejected: [...this.#rejected.values()],
      people: [...this.#groups.values()],
      recognised: this.#recognised,
      sample: this.#sample,
    };
  }

  async #readFile(upload: { key: string; format: 'csv' | 'zip' }): Promise<void> {
    const { rules, phoneColumn, declared } = this.#input;
    const reading = { phoneColumn, declared: [...declared], country: rules.country };
    let shape: unknown;
    let reader: RowReader | undefined;
    await readList(this.#deps.storage, upload, reading, async (batch) => {
      if (!reader || shape !== batch.shape) {
        reader = new RowReader(batch.shape, rules);
        shape = batch.shape;
        this.#recognised ??= recognisedBy(batch.shape);
      }
      for (const cells of batch.rows) {
        this.#rows += 1;
        await this.#take(reader.read(cells, this.#rows, this.#seen));
      }
      if (this.#rows > LIST_LIMITS.rows) {
        const most = LIST_LIMITS.rows.toLocaleString('en');
        throw new ListRejected('FILE_TOO_LARGE', `a list may have at most ${most} rows`);
      }
    });
    if (this.#rows === 0) throw new ListRejected('EMPTY_FILE', 'the file has no rows');
  }

  async #readRecords(records: readonly GivenRow[]): Promise<void> {
    const { rules } = this.#input;
    for (const given of records) {
      this.#rows += 1;
      const malformed = problemOf(given);
      const number = malformed === null ? readNumber(given.number, rules) : undefined;
      const variables = JSON.stringify(given.variables);
      await this.#take({
        row: this.#rows,
        malformed,
        given: given.number,
        number,
        repeats: number ? this.#seen.meet(number.e164, this.#rows) : 0,
        timeZone: (malformed === null && given.timeZone?.trim()) || null,
        variables,
        missingVariable: findMissing(given.variables, rules.required),
      });
    }
  }

  async #take(row: ReadRow): Promise<void> {
    this.#batch.push(row);
    if (this.#batch.length >= BATCH_ROWS) await this.#flush();
  }

  async #flush(): Promise<void> {
    const rows = this.#batch;
    this.#batch = [];
    const suppression = await this.#lookUp(rows);
    for (const row of rows) this.#judge(row, suppression);
  }

  async #lookUp(rows: readonly ReadRow[]): Promise<Suppression> {
    const { accountId, rules } = this.#input;
    const numbers = rows.flatMap((row) => (row.number && row.repeats === 0 ? [row.number.e164] : []));
    const [listed, answer] = await Promise.all([
      lookUp(this.#deps.db, { accountId, numbers, now: this.#startedAt }),
      rules.scrub ? this.#deps.register.lookUp(accountId, numbers) : undefined,
    ]);
    return { ...listed, entries: answer?.entries ?? new Map<string, RegisterEntry[]>() };
  }

  /** Who is too late for every hour is told by the forecast itself, with the rule: here nobody is. */
  #judge(row: ReadRow, suppression: Suppression): void {
    const judged = judgeRow(row, suppression, this.#input.rules, () => null);
    this.#trial.meet(row.row, judged.result, judged.whitelisted);
    this.#show(row, judged);
    if (judged.result !== 'ACCEPTED') {
      this.#reject(row.row, judged.result);
      return;
    }
    const e164 = row.number?.e164 ?? '';
    const preferences = judged.whitelisted ? [] : (suppression.entries.get(e164) ?? []);
    const rate = this.#finder.find(e164);
    const key = `${placeKey(judged.person)}|${rate}|${preferences.length === 0 ? '' : JSON.stringify(preferences)}`;
    let group = this.#groups.get(key);
    if (!group) {
      const fresh = { attempts: 0, previous: null, dueAt: null, inCall: false, script: [] };
      group = { ...fresh, person: judged.person, preferences, rate, count: 0, rows: [] };
      this.#groups.set(key, group);
    }
    group.count += 1;
    if (group.rows.length < ROWS_NAMED) group.rows.push(row.row);
  }

  #show(read: ReadRow, { result, detail }: RowDecision): void {
    const isFirst = read.row <= FIRST_SHOWN;
    if (!isFirst && (result === 'ACCEPTED' || this.#rejectedShown >= REJECTED_SHOWN)) return;
    if (!isFirst) this.#rejectedShown += 1;
    const { row, given, number, variables } = read;
    this.#sample.push({
      ...{ row, given, number: number?.e164 ?? null, result, detail },
      variables: JSON.parse(variables) as Record<string, string>,
    });
  }

  #reject(row: number, result: RowResult): void {
    const found = this.#rejected.get(result) ?? { result, count: 0, rows: [] };
    found.count += 1;
    if (found.rows.length < ROWS_NAMED) found.rows.push(row);
    this.#rejected.set(result, found);
  }
}

function recognisedBy({ phoneHeader, zone, headless, variables }: ListShape): ListSurvey['recognised'] {
  return {
    phoneColumn: phoneHeader,
    zoneColumn: zone?.header ?? null,
    headless,
    variables: variables.filter((name) => name !== null),
  };
}

/** @throws ListRejected */
function checkTrial(trial: TrialRows): void {
  try {
    trial.check();
  } catch (error) {
    throw error instanceof TrialRefused ? new ListRejected('FLOW_NOT_RUNNABLE', error.message) : error;
  }
}
