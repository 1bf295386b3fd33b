/**
 * One Asterisk server as ARI shows it: commands with a deadline and errors that can be told apart, events, and
 * whether it answers at all. Every connection gets an application of its own name in Asterisk; when a
 * connection is lost its successor takes the calls over, just as another process would.
 *
 * `ari-client` leaves three things to us: its promises never settle when Asterisk is gone, its errors carry
 * no status, and it stops trying to reconnect after three quarters of a minute.
 */
import { EventEmitter } from 'node:events';
import ari from 'ari-client';
import type { Logger } from '../../../log.ts';
import { latch } from '../latch.ts';
import type { AriClient, AriEvent } from './ari-types.ts';

// The library's Swagger reader announces its age on standard output through a global function of this name.
(globalThis as { log?: (...words: unknown[]) => void }).log = () => {};

/** Asterisk said no: the command was not carried out. */
export class AriRefused extends Error {
  override name = 'AriRefused';
}

/** Asterisk has nothing of that id. */
export class AriMissing extends AriRefused {
  override name = 'AriMissing';
}

/** Nobody knows whether the command was carried out: there was no answer in time. */
export class AriSilent extends Error {
  override name = 'AriSilent';
}

/** The server was known to be away, so the command was not sent. */
export class AriAway extends Error {
  override name = 'AriAway';
}

const COMMAND_DEADLINE_MS = 5_000;
const CONNECT_DEADLINE_MS = 5_000;
const PROBE_DEADLINE_MS = 1_500;
const RETRY_MS = 500;
const PING_MS = 2_000;
/** A server that has not answered three pings is taken for away: stopped, frozen or unreachable. */
const SILENCE_LIMIT_MS = 7_000;

/** Events nobody here needs, and that come by the dozen with each call. */
const UNWANTED = ['ChannelVarset', 'ChannelDialplan', 'ChannelCallerId', 'ChannelConnectedLine'].map(
  (type) => ({
    type,
  }),
);

export interface AriServerOptions {
  /** For logs and operators. */
  name: string;
  /** `http://host:port`. */
  url: string;
  user: string;
  password: string;
}

type Away = { why: string; since: Date };

interface AriLinkEvents {
  /** Connected, for the first time or again; calls of the application before are for us to take over. */
  up: [];
  down: [why: string];
  event: [AriEvent];
}

export class AriLink extends EventEmitter<AriLinkEvents> {
  readonly name: string;
  readonly #options: AriServerOptions;
  readonly #appFor: (connection: number) => string;
  readonly #log: Logger;
  #client: AriClient | undefined;
  #connected = latch<void>();
  #away: Away = { why: 'not connected yet', since: new Date() };
  #connections = 0;
  #heardAt = 0;
  #pinging: ReturnType<typeof setInterval> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** @param appFor the application's name in Asterisk, for the nth connection */
  constructor(options: AriServerOptions, appFor: (connection: number) => string, log: Logger) {
    super();
    this.name = options.name;
    this.#options = options;
    this.#appFor = appFor;
    this.#log = log;
  }

  /** Name of the application of the present connection, or of the last. */
  get app(): string {
    return this.#appFor(this.#connections);
  }

  /** Name of the application of the connection before the present one. */
  get previousApp(): string | undefined {
    return this.#connections > 1 ? this.#appFor(this.#connections - 1) : undefined;
  }

  /** Why the server cannot be used now, or undefined when it can. */
  get away(): Away | undefined {
    return this.#client === undefined ? this.#away : undefined;
  }

  /** Resolves when the first try to connect has succeeded or failed; tries go on until `close`. */
  async open(): Promise<void> {
    await this.#connect();
  }

  /** Resolves when there is a connection. */
  get connected(): Promise<void> {
    return this.#client === undefined ? this.#connected.promise : Promise.resolve();
  }

  /**
   * Carries a command out.
   * @throws AriAway when it was not sent
   * @throws AriRefused when Asterisk said no
   * @throws AriSilent when nobody knows
   */
  async command<T>(what: string, send: (client: AriClient) => Promise<T>): Promise<T> {
    const client = this.#client;
    if (client === undefined) throw new AriAway(`${this.name}: ${this.#away.why}`);
    const name = `${this.name}: ${what}`;
    try {
      return await withDeadline(send(client), COMMAND_DEADLINE_MS, name);
    } catch (error) {
      if (error instanceof AriSilent) throw error;
      throw refusal(name, reasonOf(error));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#drop();
  }

  async #connect(): Promise<void> {
    if (this.#closed || this.#client !== undefined) return;
    let client: AriClient | undefined;
    try {
      // The library cannot give up a connection that never answers, so it is only let near one that does.
      await this.#probe();
      const { url, user, password } = this.#options;
      client = (await withDeadline(
        ari.connect(url, user, password),
        CONNECT_DEADLINE_MS,
        'connecting',
      )) as unknown as AriClient;
      this.#connections += 1;
      await this.#listen(client);
    } catch (error) {
      client?.stop();
      const why = `${url(this.#options)} ${reasonOf(error)}`;
      if (why !== this.#away.why) this.#away = { why, since: this.#away.since };
      this.#tryAgain();
    }
  }

  async #probe(): Promise<void> {
    const { url, user, password } = this.#options;
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const response = await fetch(`${url}/ari/asterisk/ping`, {
      headers: { authorization },
      signal: AbortSignal.timeout(PROBE_DEADLINE_MS),
    }).catch((error: Error) => {
      const code = (error.cause as NodeJS.ErrnoException | undefined)?.code;
      throw new Error(
        error.name === 'TimeoutError' ? 'does not answer' : `cannot be reached (${code ?? error.message})`,
      );
    });
    if (response.status === 401) throw new Error('refuses the user name or password');
    if (!response.ok) throw new Error(`answers with status ${response.status}`);
  }

  async #listen(client: AriClient): Promise<void> {
    const isCurrent = (): boolean => this.#client === client;
    const lost = (why: string) => () => {
      if (isCurrent()) this.#lose(why);
      // It would reconnect by itself under the old application's name.
      else client.stop();
    };
    client.on('*', (event) => {
      if (!isCurrent()) return;
      this.#heardAt = Date.now();
      this.emit('event', event);
    });
    client.on('pong', () => {
      this.#heardAt = Date.now();
    });
    client.on('WebSocketReconnecting', lost('the connection broke'));
    client.on('WebSocketMaxRetries', lost('the connection broke'));
    await withDeadline(client.start(this.app), CONNECT_DEADLINE_MS, 'opening the event stream');
    client.on('WebSocketConnected', () => {
      if (!isCurrent()) client.stop();
    });
    if (this.#closed) return client.stop();
    await withDeadline(
      client.applications.filter({ applicationName: this.app, filter: { disallowed: UNWANTED } }),
      CONNECT_DEADLINE_MS,
      'choosing events',
    );
    this.#client = client;
    this.#heardAt = Date.now();
    this.#pinging = setInterval(() => this.#ping(client), PING_MS);
    this.#log.info({ server: this.name, app: this.app }, 'connected to Asterisk');
    this.#connected.settle();
    this.emit('up');
  }

  #ping(client: AriClient): void {
    if (Date.now() - this.#heardAt > SILENCE_LIMIT_MS) {
      const since = new Date(this.#heardAt).toISOString();
      this.#lose(`has not answered since ${since}`);
    } else client.ping();
  }

  #lose(problem: string): void {
    const why = `${url(this.#options)} ${problem}`;
    this.#drop();
    this.#away = { why, since: new Date() };
    this.#log.warn({ server: this.name, why }, 'Asterisk is away');
    this.emit('down', why);
    this.#tryAgain();
  }

  #drop(): void {
    clearInterval(this.#pinging);
    const client = this.#client;
    if (client === undefined) return;
    this.#client = undefined;
    this.#connected = latch<void>();
    client.stop();
  }

  #tryAgain(): void {
    if (this.#closed) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), RETRY_MS);
  }
}

const url = (options: AriServerOptions): string => `Asterisk "${options.name}" at ${options.url}`;

/** Asterisk's own words for why it refused, which come as JSON in the error's message. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) {
      const { message, error: other } = body as { message?: string; error?: string };
      return message ?? other ?? text;
    }
  } catch {
    // Not JSON: as it is.
  }
  return text;
}

/** The library keeps Asterisk's words and drops its status, so the words have to do. */
function refusal(name: string, reason: string): Error {
  const text = `${name}: ${reason}`;
  if (/not found/i.test(reason)) return new AriMissing(text);
  // Not about what was asked: whether it exists or was done remains open.
  if (/authentic|unauthor|forbidden|internal (server )?error/i.test(reason)) return new AriSilent(text);
  return new AriRefused(text);
}

/** @throws AriSilent when it takes longer */
export async function withDeadline<T>(promise: PromiseLike<T>, ms: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AriSilent(`${what}: no answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
