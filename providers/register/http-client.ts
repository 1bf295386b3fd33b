/** One service that is asked over HTTP: no faster than it allows, and not at all for a while after it has failed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BLOCKS_ALL, type RegisterEntry } from '../../domain/register.ts';
import { type RegisterColumn, readEntry } from '../../domain/register-file.ts';
import type { HttpRegisterSettings } from './http-settings.ts';

export interface ServiceAnswer {
  number: string;
  /** Null: not on the register. */
  entry: RegisterEntry | null;
  version: string | null;
}

/** A failure is tried once more before it counts. */
const TRIES = 2;
/** A reply larger than this is no answer. */
const REPLY_BYTES = 8 * 1024 * 1024;

/** The service did not answer, or not as its settings say. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

export class RegisterService {
  readonly #settings: HttpRegisterSettings;
  readonly #now: () => number;
  #failures = 0;
  #closedUntil = 0;
  /** When the next request may begin, Unix ms. */
  #nextAt = 0;

  /** @param now Unix ms */
  constructor(settings: HttpRegisterSettings, now: () => number) {
    this.#settings = settings;
    this.#now = now;
  }

  /**
   * Asks about numbers, in as many requests as it takes.
   * @returns what was answered; numbers that are missing were not
   */
  async ask(numbers: readonly string[]): Promise<ServiceAnswer[]> {
    const { method, batchSize, concurrency } = this.#settings;
    const size = method === 'GET' ? 1 : batchSize;
    const batches: string[][] = [];
    for (let at = 0; at < numbers.length; at += size) batches.push(numbers.slice(at, at + size));
    const answers: ServiceAnswer[] = [];
    const work = async (): Promise<void> => {
      for (let batch = batches.shift(); batch; batch = batches.shift())
        answers.push(...(await this.#batch(batch)));
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, batches.length) }, work));
    return answers;
  }

  async #batch(numbers: string[]): Promise<ServiceAnswer[]> {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      if (this.#now() < this.#closedUntil) return [];
      await this.#pace();
      try {
        const answers = await this.#request(numbers);
        this.#failures = 0;
        return answers;
      } catch {
        // What a service says when it fails may name numbers: it is not kept.
        this.#failed();
      }
    }
    return [];
  }

  #failed(): void {
    const { failures, pauseMs } = this.#settings.breaker;
    this.#failures += 1;
    if (this.#failures >= failures) this.#closedUntil = this.#now() + pauseMs;
  }

  async #pace(): Promise<void> {
    const at = Math.max(this.#now(), this.#nextAt);
    this.#nextAt = at + 1000 / this.#settings.requestsPerSecond;
    if (at > this.#now()) await sleep(at - this.#now());
  }

  /** @throws NoAnswer, and what `fetch` throws */
  async #request(numbers: string[]): Promise<ServiceAnswer[]> {
    const { method, headers, timeoutMs, numbersField, absentIsFree } = this.#settings;
    const written = numbers.map((number) => this.#written(number));
    const url = this.#settings.url.replace('{number}', encodeURIComponent(written[0] ?? ''));
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(method === 'POST' && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(method === 'POST' && { body: JSON.stringify({ [numbersField]: written }) }),
      // Elsewhere the headers, and their secret, have no business.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (method === 'GET' && response.status === 404 && absentIsFree) {
      await response.body?.cancel();
      return numbers.map((number) => ({ number, entry: null, version: null }));
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new NoAnswer(`the register answered ${response.status}`);
    }
    const reply = await readJson(response);
    return method === 'GET' ? [this.#one(numbers[0] ?? '', reply, reply)] : this.#many(numbers, reply);
  }

  #many(numbers: string[], reply: unknown): ServiceAnswer[] {
    const { answer, absentIsFree } = this.#settings;
    const list = answer.list === undefined ? reply : at(reply, answer.list);
    if (!Array.isArray(list)) throw new NoAnswer('the register answered without a list');
    const found = new Map<string, unknown>(list.map((one) => [plain(at(one, answer.number)), one]));
    return numbers.flatMap((number) => {
      const one = found.get(plain(number));
      if (one !== undefined) return [this.#one(number, one, reply)];
      return absentIsFree ? [{ number, entry: null, version: this.#version(reply) }] : [];
    });
  }

  #one(number: string, one: unknown, reply: unknown): ServiceAnswer {
    const { answer } = this.#settings;
    const said = at(one, answer.registered);
    if (said === undefined) throw new NoAnswer('the register answered without saying whether');
    const registered = answer.registeredValues.some((value) => value === said);
    return { number, entry: registered ? this.#entry(one) : null, version: this.#version(reply) };
  }

  /** A preference that cannot be read counts as a refusal of everything, as in a file. */
  #entry(one: unknown): RegisterEntry {
    const { categories, preferredFrom, preferredTo, preferredDays } = this.#settings.answer;
    const paths: Partial<Record<RegisterColumn, string | undefined>> = {
      category: categories,
      preferredFrom,
      preferredTo,
      preferredDays,
    };
    try {
      return readEntry((column) => {
        const where = paths[column];
        const value = where === undefined ? undefined : at(one, where);
        return value === undefined || value === null
          ? ''
          : Array.isArray(value)
            ? value.join(' ')
            : String(value);
      });
    } catch {
      return BLOCKS_ALL;
    }
  }

  #version(reply: unknown): string | null {
    const { version } = this.#settings.answer;
    const value = version === undefined ? undefined : at(reply, version);
    return value === undefined || value === null ? null : String(value).slice(0, 100);
  }

  #written(number: string): string {
    return this.#settings.numberFormat === 'digits' ? number.slice(1) : number;
  }
}

const plain = (number: unknown): string => String(number).replace(/^\+/, '');

/** The value at a dotted path; undefined where there is none. */
function at(value: unknown, path: string): unknown {
  let here = value;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}

/** @throws NoAnswer for what is no JSON, or too much of it */
async function readJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > REPLY_BYTES) throw new NoAnswer('the register answered more than can be one');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new NoAnswer('the register did not answer in JSON');
  }
}
