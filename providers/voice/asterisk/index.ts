/**
 * The telephone: calls by one or more Asterisk servers over ARI. Each call goes to the server with the fewest;
 * one that does not answer takes none until it does. What became of an attempt is told by the servers and by
 * their own records of calls, so it is known after the death of this process, too.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../../log.ts';
import type { Sounds } from '../../speech/sounds.ts';
import { type Latch, latch } from '../latch.ts';
import {
  type CallEnding,
  type CallOrder,
  CannotSpeak,
  DuplicateAttempt,
  type FetchedRecording,
  type InboundOffer,
  type Line,
  type Reconciliation,
  type TrunkState,
  TrunkUnavailable,
  type Utterance,
  type VoiceCall,
  type VoiceTrunk,
} from '../trunk.ts';
import { AriAway, AriRefused } from './ari.ts';
import { REFUSALS } from './causes.ts';
import { InboundCalls, refuseCall } from './inbound.ts';
import { Reconciler } from './reconciling.ts';
import { deleteRecording } from './recording.ts';
import { AsteriskServer, type ServerOptions } from './server.ts';
import { fetchStored } from './stored-recording.ts';

export interface AsteriskTrunkOptions {
  /** At least one; all with the same user, as the library keeps one for a process. */
  servers: ServerOptions[];
  /** The PJSIP endpoint of calls whose account has no trunk of its own. */
  endpoint: string;
  sounds: Sounds;
  log: Logger;
}

/** How calls ended, kept for reconciliation and against a second order: the last so many. */
const KEPT_ENDINGS = 50_000;

/** Well under the time in which a reserved attempt must be placed. */
const OPENING_PATIENCE_MS = 2_000;

let trunks = 0;

class AsteriskTrunk implements OpeningTrunk {
  readonly name = 'asterisk';
  readonly #options: AsteriskTrunkOptions;
  readonly #servers: AsteriskServer[];
  readonly #endings = new Map<string, CallEnding>();
  readonly #reconciler: Reconciler;
  #inbound: InboundCalls[] = [];
  #changed: Latch<void> = latch<void>();
  #closed = false;
  readonly opened: Promise<void>;

  constructor(options: AsteriskTrunkOptions) {
    this.#options = options;
    trunks += 1;
    this.#servers = options.servers.map(
      (server) =>
        new AsteriskServer(server, {
          trunkNo: trunks,
          defaultEndpoint: options.endpoint,
          sounds: options.sounds,
          log: options.log,
          ended: (call, ending) => this.#keep(call.attemptId, ending),
          isKnown: (id) => this.#isKnown(id),
          changed: () => this.#tellChange(),
        }),
    );
    this.#reconciler = new Reconciler(this.#servers, this.#endings);
    this.opened = Promise.all(this.#servers.map((server) => server.link.open())).then(() => {});
  }

  state(line?: Line): TrunkState {
    const troubles = this.#servers.map((server) => server.trouble(line));
    if (troubles.some((trouble) => trouble === undefined)) return { up: true };
    return { up: false, why: troubles.join('; ') };
  }

  stateChanged(): Promise<void> {
    return this.#changed.promise;
  }

  /** To the server with the fewest calls; where one certainly did not act, to the next. */
  async place(order: CallOrder): Promise<VoiceCall> {
    if (this.#closed) throw new TrunkUnavailable('the trunk is closed');
    // One that no server can take now is refused as well, if it was placed before.
    if (this.#isKnown(order.attemptId))
      throw new DuplicateAttempt(`attempt ${order.attemptId} was placed before`);
    await this.#prepare(order.opening ?? []);
    const usable = this.#servers
      .filter((server) => server.trouble(order.line) === undefined)
      .sort((a, b) => a.load - b.load);
    let refusal = new TrunkUnavailable(this.#whyNot(order.line));
    for (const server of usable) {
      try {
        return await server.place(order);
      } catch (error) {
        if (!(error instanceof TrunkUnavailable)) throw error;
        refusal = error;
      }
    }
    throw refusal;
  }

  reconcile(attemptId: string, since?: Date, signal?: AbortSignal): Promise<Reconciliation> {
    return this.#reconciler.reconcile(attemptId, since, signal);
  }

  async orphans(): Promise<string[]> {
    const found = await Promise.all(
      this.#servers.map((server) => (server.link.away === undefined ? server.orphans().catch(() => []) : [])),
    );
    return found.flat();
  }

  async drop(callId: string): Promise<void> {
    for (const server of this.#servers) {
      await server.link
        .command('end a call', (client) => client.channels.hangup({ channelId: callId }))
        .catch((error) => {
          if (!(error instanceof AriRefused || error instanceof AriAway)) throw error;
        });
    }
  }

  onInbound(listener: (offer: InboundOffer) => void): void {
    const { log } = this.#options;
    for (const inbound of this.#inbound) inbound.close();
    this.#inbound = this.#servers.map((server, index) => {
      const options = this.#options.servers[index];
      if (options === undefined) throw new RangeError('a server without options');
      return new InboundCalls(options, { link: server.link, owners: server.owners, log, listener });
    });
  }

  async accept(callId: string, maxCallMs: number): Promise<void> {
    for (const server of this.#servers) {
      const call = server.call(callId);
      // One that is taken over in mid-call has been answered, and keeps its limit.
      if (call === undefined || call.answeredAt !== undefined) continue;
      const value = String(Math.ceil(maxCallMs / 1000));
      await this.#unlessGone(async () => {
        await call.insist('bound a call', (client) =>
          client.channels.setChannelVar({ channelId: callId, variable: 'TIMEOUT(absolute)', value }),
        );
        await call.insist('answer a call', (client) => client.channels.answer({ channelId: callId }));
      });
    }
  }

  async refuse(callId: string, cause: 'REJECTED' | 'BUSY' | 'UNALLOCATED'): Promise<void> {
    for (const server of this.#servers) {
      if (server.link.away === undefined) await refuseCall(server.link, callId, REFUSALS[cause]);
    }
  }

  /** @throws when no server that answers has it, and one does not answer */
  async fetchRecording(name: string, signal?: AbortSignal): Promise<FetchedRecording | undefined> {
    let silent: Error | undefined;
    for (const [index, { link }] of this.#servers.entries()) {
      const options = this.#options.servers[index];
      if (options === undefined) throw new RangeError('a server without options');
      try {
        if (link.away !== undefined) throw new AriAway(`${link.name}: ${link.away.why}`);
        const data = await fetchStored({ ...options, name: link.name }, name, { signal });
        if (data !== undefined) return { data };
      } catch (error) {
        silent = error as Error;
      }
    }
    if (silent !== undefined) throw silent;
    return undefined;
  }

  /** @throws when a server that may have it does not answer; the others have forgotten it */
  async forgetRecording(name: string): Promise<void> {
    const forgotten = await Promise.allSettled(
      this.#servers.map((server) => deleteRecording(server.link, name)),
    );
    const failed = forgotten.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Calls in progress stay up, for another process to carry. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const inbound of this.#inbound) inbound.close();
    await Promise.all(this.#servers.map((server) => server.close()));
    this.#tellChange();
  }

  #isKnown(id: string): boolean {
    return this.#endings.has(id) || this.#find(id) !== undefined;
  }

  #find(id: string): VoiceCall | undefined {
    for (const server of this.#servers) {
      const call = server.call(id);
      if (call !== undefined) return call;
    }
    return undefined;
  }

  /** @throws CannotSpeak: nobody is rung to hear silence */
  async #prepare(opening: Utterance[]): Promise<void> {
    if (opening.length === 0) return;
    const prepared = this.#options.sounds.prepare(opening).catch(async (error) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new CannotSpeak((await this.#canSpeak()) ? 'THIS_TEXT' : 'NO_SYNTHESISER', why);
    });
    // One that is late is spoken when it is there; the call's turn does not wait for it.
    prepared.catch(() => {});
    await Promise.race([prepared, sleep(OPENING_PATIENCE_MS, undefined, { ref: false })]);
  }

  /** Whether the synthesiser says anything at all. */
  async #canSpeak(): Promise<boolean> {
    const word: Utterance = { kind: 'TEXT', text: 'One.', language: 'en' };
    return this.#options.sounds.prepare([word]).then(
      () => true,
      () => false,
    );
  }

  #whyNot(line: Line | undefined): string {
    const state = this.state(line);
    return state.up ? 'no server took the call' : state.why;
  }

  async #unlessGone(work: () => Promise<void>): Promise<void> {
    await work().catch((error) => {
      if (!(error instanceof AriRefused)) throw error;
    });
  }

  #keep(id: string, ending: CallEnding): void {
    this.#endings.set(id, ending);
    const oldest = this.#endings.keys().next().value;
    if (this.#endings.size > KEPT_ENDINGS && oldest !== undefined) this.#endings.delete(oldest);
  }

  #tellChange(): void {
    const changed = this.#changed;
    this.#changed = latch<void>();
    changed.settle();
  }
}

/** @property opened when each server was tried once: it is up from here on, if any server is */
export type OpeningTrunk = VoiceTrunk & { opened: Promise<void> };

/**
 * Begins to connect at once; a server that is away is tried again and again. Until one answers, `state` is down.
 * @throws RangeError without a server
 */
export function createAsteriskTrunk(options: AsteriskTrunkOptions): OpeningTrunk {
  if (options.servers.length === 0) throw new RangeError('an Asterisk trunk needs at least one server');
  return new AsteriskTrunk(options);
}
