/**
 * One Asterisk server and the calls this process carries on it: places them, finds and takes over those of a
 * process that died, and hands each event to its call.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../../log.ts';
import type { Sounds } from '../../speech/sounds.ts';
import {
  type CallEnding,
  type CallOrder,
  DuplicateAttempt,
  type Line,
  type TransferOrder,
} from '../trunk.ts';
import { AriLink, AriMissing, AriRefused, type AriServerOptions, AriSilent } from './ari.ts';
import type { AriChannel, AriEvent } from './ari-types.ts';
import { AsteriskCall } from './call.ts';
import type { CallFacts } from './call-facts.ts';
import { type CallRecord, CallRecords, CannotTell } from './call-records.ts';
import { causeText, unansweredOutcome } from './causes.ts';
import { answeredBy } from './detection.ts';
import { Endpoints } from './endpoints.ts';
import { appName, Owners } from './owners.ts';
import { isUndialled, Placing } from './placing.ts';
import { type Custody, custodyOf, inherit, ownerOf, takeOver } from './taking-over.ts';

export interface ServerOptions extends AriServerOptions {
  /** The server's call records (`cel-custom/clarion.csv`) as this process sees them. */
  callRecords: string | undefined;
}

export interface ServerDeps {
  /** Tells several trunks of one process apart. */
  trunkNo: number;
  defaultEndpoint: string;
  sounds: Sounds;
  log: Logger;
  ended(call: AsteriskCall, ending: CallEnding): void;
  /** Whether a call of this id was placed by this trunk before. */
  isKnown(id: string): boolean;
  /** Something about whether calls can be placed here has changed. */
  changed(): void;
}

/** A server that is away for so long is taken to have lost its calls. */
const LOST_AFTER_MS = 30_000;
/** The end of a call is in the record within milliseconds of it; looked for this often, this long. */
const RECORD_TRIES = 8;
const RECORD_EVERY_MS = 200;

/** Of a call to us, whose limit is set when it is answered. */
const INBOUND_FACTS: CallFacts = {
  inbound: true,
  detectMachine: false,
  awaitGreetingEnd: false,
  maxCallMs: 4 * 3_600_000,
};

export class AsteriskServer {
  readonly link: AriLink;
  readonly owners: Owners;
  readonly records: CallRecords | undefined;
  readonly #deps: ServerDeps;
  readonly #endpoints: Endpoints;
  readonly #placing: Placing;
  readonly #calls = new Map<string, AsteriskCall>();
  #lost: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ServerOptions, deps: ServerDeps) {
    this.#deps = deps;
    this.link = new AriLink(options, (connection) => appName(deps.trunkNo, connection), deps.log);
    this.owners = new Owners(this.link);
    this.#endpoints = new Endpoints(this.link, deps.changed);
    this.#placing = new Placing(this.link, this.#endpoints, deps.defaultEndpoint, (id) => this.find(id));
    this.records = options.callRecords === undefined ? undefined : new CallRecords(options.callRecords);
    this.link.on('up', () => this.#up());
    this.link.on('down', () => this.#down());
    this.link.on('event', (event) => this.#handle(event));
  }

  get load(): number {
    return this.#calls.size;
  }

  /** Why no call can be placed here by this line now, or undefined when it can. */
  trouble(line: Line | undefined): string | undefined {
    const { away } = this.link;
    if (away !== undefined) return `${away.why} (since ${away.since.toISOString()})`;
    return this.#endpoints.trouble(line?.endpoint ?? this.#deps.defaultEndpoint);
  }

  call(id: string): AsteriskCall | undefined {
    return this.#calls.get(id);
  }

  /**
   * @throws TrunkUnavailable when nobody was rung
   * @throws DuplicateAttempt when Asterisk has a call of this id
   * @throws any other error when nobody knows
   */
  async place(order: CallOrder): Promise<AsteriskCall> {
    if (this.#deps.isKnown(order.attemptId)) {
      throw new DuplicateAttempt(`a call for attempt ${order.attemptId} was placed before`);
    }
    const facts: CallFacts = {
      inbound: false,
      detectMachine: order.detectMachine,
      awaitGreetingEnd: order.awaitGreetingEnd,
      maxCallMs: order.maxCallMs,
      ringsUntil: Date.now() + order.ringTimeoutMs,
    };
    const call = this.#attend(order.attemptId, facts);
    try {
      await this.#placing.create(order, facts);
      await this.#placing.dial(order, call);
      return call;
    } catch (error) {
      call.letGo();
      throw error;
    }
  }

  /** The call of this id, if Asterisk has it. @throws AriAway, AriSilent */
  async find(id: string): Promise<AriChannel | undefined> {
    try {
      return await this.link.command('look for a call', (client) => client.channels.get({ channelId: id }));
    } catch (error) {
      if (error instanceof AriMissing) return undefined;
      // Not about the call itself: whether it is there remains open.
      if (error instanceof AriRefused) throw new AriSilent(error.message);
      throw error;
    }
  }

  /**
   * Takes a call away that was made and certainly not dialled: whoever made it can dial it no more.
   * @returns false when it may have been dialled
   * @throws what `AriLink.command` throws, also when it has just gone
   */
  async takeAwayUndialled(channel: AriChannel): Promise<boolean> {
    if (!isUndialled(channel)) return false;
    await this.#placing.takeAway(channel.id);
    return true;
  }

  /** Who has a call that is not carried here. @throws what `AriLink.command` throws */
  custodyOf(channel: AriChannel): Promise<Custody> {
    return custodyOf(this.link, this.owners, channel);
  }

  /** Takes over a call nobody carries. @throws AriRefused when it has just ended; AriAway, AriSilent */
  async adopt(channel: AriChannel): Promise<AsteriskCall> {
    const channelId = channel.id;
    const written = channel.channelvars?.CLARION_CALL ?? '';
    const facts = written === '' ? INBOUND_FACTS : (JSON.parse(written) as CallFacts);
    const call = this.#attend(channelId, facts);
    try {
      await takeOver(this.link, channel);
      // Only from here on do we hear what happens to it: what it is like now is asked after that.
      const now = await this.link.command('look at a call', (client) => client.channels.get({ channelId }));
      call.noteState(now.state);
      if (now.state === 'Up') await this.#adoptAnswered(call, now);
      this.#deps.log.info({ attemptId: channelId, state: now.state }, 'a call is taken over');
      return call;
    } catch (error) {
      call.letGo();
      throw error;
    }
  }

  /** Ids of calls on this server that were somebody's and are nobody's now. @throws what commands throw */
  async orphans(): Promise<string[]> {
    const channels = await this.link.command('list calls', (client) => client.channels.list());
    const found: string[] = [];
    for (const channel of channels) {
      if (!channel.name.startsWith('PJSIP/') || this.#calls.has(channel.id)) continue;
      if ((await this.custodyOf(channel)) === 'ORPHAN') found.push(channel.id);
    }
    return found;
  }

  /**
   * How a call ended that Asterisk no longer has, by its record: UNKNOWN where that proves nothing, undefined when
   * there certainly was no such call.
   * @param since it was not set up before
   */
  async lookBack(id: string, since?: Date): Promise<CallEnding | undefined> {
    let record: CallRecord | undefined;
    try {
      for (let tries = 1; tries <= RECORD_TRIES; tries++) {
        record = await this.records?.look(id, since);
        if (record === undefined || record.endedAt !== undefined) break;
        await sleep(RECORD_EVERY_MS);
      }
    } catch (error) {
      if (!(error instanceof CannotTell)) throw error;
      return { outcome: 'UNKNOWN', cause: error.message, answeredAt: undefined, endedAt: new Date() };
    }
    return record && endingOf(record);
  }

  async close(): Promise<void> {
    clearTimeout(this.#lost);
    this.owners.close();
    this.#endpoints.close();
    await this.link.close();
    for (const call of [...this.#calls.values()]) call.letGo();
    this.#calls.clear();
  }

  #attend(id: string, facts: CallFacts): AsteriskCall {
    const { sounds, log } = this.#deps;
    const call = new AsteriskCall(id, facts, {
      link: this.link,
      sounds,
      log,
      placeLeg: (order) => this.#placeLeg(order, facts),
      lookBack: async (asked) => {
        const record = await this.lookBack(id).catch((error) => {
          log.error({ server: this.link.name, err: error }, 'the call records cannot be read');
        });
        return (
          record ??
          asked.unknownEnding(`${this.link.name}: the call is gone and there is no record of its end`)
        );
      },
      ended: (ended, ending) => {
        this.#calls.delete(id);
        this.#deps.ended(ended, ending);
      },
      letGo: (gone) => {
        if (this.#calls.get(id) === gone) this.#calls.delete(id);
      },
    });
    this.#calls.set(id, call);
    return call;
  }

  #placeLeg(order: TransferOrder, facts: CallFacts): Promise<AsteriskCall> {
    return this.place({
      attemptId: order.legId,
      to: order.to,
      callerId: order.callerId,
      ringTimeoutMs: order.ringTimeoutMs,
      maxCallMs: facts.maxCallMs,
      detectMachine: false,
      awaitGreetingEnd: false,
      priorAttempts: 0,
      line: order.line,
      ringBefore: order.ringBefore,
    });
  }

  async #adoptAnswered(call: AsteriskCall, channel: AriChannel): Promise<void> {
    // Somebody waits on the line: a record that does not tell is none.
    const record = await this.records?.look(channel.id).catch(() => undefined);
    const at = record?.answeredAt ?? new Date();
    const { AMDSTATUS: status = '', AMDCAUSE: cause = '' } = channel.channelvars ?? {};
    if (!call.facts.detectMachine) call.adoptAnswered(at, 'PERSON');
    else if (status !== '') call.adoptAnswered(at, answeredBy(status, cause));
    else call.pickedUp(at);
  }

  #up(): void {
    clearTimeout(this.#lost);
    const { previousApp } = this.link;
    if (previousApp !== undefined) {
      // Calls that are being listened to come back to the application of the connection that was lost.
      inherit(this.link, previousApp).catch((error) => this.#deps.log.warn({ err: error }, 'not inherited'));
    }
    for (const call of this.#calls.values()) {
      call
        .resume((channel) => this.owners.isOurs(ownerOf(channel)))
        .catch((error) => this.#deps.log.warn({ err: error }, 'a call could not be resumed yet'));
    }
    this.#deps.changed();
  }

  #down(): void {
    clearTimeout(this.#lost);
    this.#lost = setTimeout(() => {
      const why = this.link.away?.why;
      if (why === undefined) return;
      for (const call of [...this.#calls.values()]) call.finish(call.unknownEnding(why));
    }, LOST_AFTER_MS);
    this.#deps.changed();
  }

  #handle(event: AriEvent): void {
    const target = event.playback?.target_uri ?? event.recording?.target_uri;
    const id = event.channel?.id ?? target?.replace(/^channel:/, '');
    if (id !== undefined) this.#calls.get(id)?.handle(event);
  }
}

/** What a record tells of how a call ended. Whether a machine had answered it does not tell. */
function endingOf(record: CallRecord): CallEnding {
  const { answeredAt, endedAt, cause = 0 } = record;
  if (endedAt === undefined) {
    return {
      outcome: 'UNKNOWN',
      cause: 'the telephone server stopped in the middle of the call',
      answeredAt,
      endedAt: new Date(),
    };
  }
  const outcome = answeredAt === undefined ? unansweredOutcome(cause, undefined) : 'ANSWERED';
  return { outcome, cause: causeText(cause), answeredAt, endedAt };
}
