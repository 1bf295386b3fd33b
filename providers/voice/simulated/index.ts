/**
 * The simulated voice trunk: a product feature, so that trials, demos and tests of whole campaigns need no
 * telephone. The last digit of a number decides what its person does (`people.ts`). It keeps a carrier's
 * record outside the database, which reconciliation reads after a crash and which is the witness in tests.
 */
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  type CallEnding,
  type CallOrder,
  DuplicateAttempt,
  type FetchedRecording,
  type InboundOffer,
  type Reconciliation,
  type TransferOrder,
  type TrunkState,
  TrunkUnavailable,
  type VoiceCall,
  type VoiceTrunk,
} from '../trunk.ts';
import { SimulatedCall } from './call.ts';
import { CallsToUs, type SimulatedCaller, type SimulatedVoiceTrunk } from './inbound.ts';
import { type Script, scriptFor } from './people.ts';
import { type CallRecords, openCallRecords } from './record.ts';
import { openRecordings, type Recordings } from './recordings.ts';

export interface SimulatedTrunkOptions {
  /** Simulated ms per real ms: 60 makes a simulated minute last a second. 0: no waiting at all. */
  speed: number;
  /** Folder of the carrier's record, and of recordings until they are fetched. Processes that share it know of each other's calls. */
  witnessDir: string;
  /** How long `reconcile` waits, in real ms, for a call that another living process is carrying. Default 10 s. */
  foreignWaitMs?: number;
}

/** How often, at speed 0, calls are looked at that nobody attends to. */
const LIMIT_CHECK_MS = 250;
/** How often the record is read again while waiting for another process's call to end. */
const FOREIGN_POLL_MS = 100;

class SimulatedTrunk implements SimulatedVoiceTrunk {
  readonly name = 'simulated';
  #options: SimulatedTrunkOptions;
  #records: CallRecords;
  #recordings: Recordings;
  #live = new Map<string, SimulatedCall>();
  /** Second calls of transfers, by their own ids. */
  #legs = new Map<string, SimulatedCall>();
  #callsToUs: CallsToUs;
  #limits: ReturnType<typeof setInterval> | undefined;
  #closed = false;
  /** Told when the state changes, which it does once. */
  #awaitChange: (() => void)[] = [];

  constructor(options: SimulatedTrunkOptions) {
    this.#options = options;
    this.#records = openCallRecords(options.witnessDir);
    this.#recordings = openRecordings(join(options.witnessDir, 'recordings'));
    this.#callsToUs = new CallsToUs({
      begin: async (order, script, ended) => {
        await this.#records.offered(order.attemptId);
        return this.#begin(order, script, ended);
      },
      find: (callId) => this.#live.get(callId),
    });
  }

  state(): TrunkState {
    return this.#closed ? { up: false, why: 'the simulated trunk is closed' } : { up: true };
  }

  stateChanged(): Promise<void> {
    return new Promise((resolve) => {
      this.#awaitChange.push(resolve);
    });
  }

  /** The order is in the record before the phone rings: a crash on the next line leaves evidence. */
  async place(order: CallOrder): Promise<VoiceCall> {
    const { attemptId } = order;
    await this.#write(attemptId, order.to);
    return this.#begin(order, scriptFor(order));
  }

  #begin(order: CallOrder, script: Script, ended?: (ending: CallEnding) => void): SimulatedCall {
    const { attemptId } = order;
    const call: SimulatedCall = new SimulatedCall(order, script, this.#options.speed, {
      ended: async (ending) => {
        this.#live.delete(attemptId);
        await this.#records.ended(attemptId, ending);
        ended?.(ending);
      },
      save: (name, data) => this.#recordings.save(name, data),
      placeLeg: async (leg: TransferOrder) => {
        await this.#write(leg.legId, leg.to);
        this.#legs.set(leg.legId, call);
      },
      legEnded: (legId, ending) => {
        this.#legs.delete(legId);
        return this.#records.ended(legId, ending);
      },
    });
    this.#live.set(attemptId, call);
    this.#keepLimits();
    return call;
  }

  async #write(attemptId: string, to: string): Promise<void> {
    if (this.#closed) throw new TrunkUnavailable('the simulated trunk is closed');
    if (this.#records.isKnown(attemptId)) {
      this.#records.duplicateRefused(attemptId);
      throw new DuplicateAttempt(`the simulated trunk has already placed a call for attempt ${attemptId}`);
    }
    try {
      await this.#records.placed(attemptId, to.slice(-4));
    } catch (error) {
      throw new TrunkUnavailable(`the simulated trunk cannot write its record: ${String(error)}`);
    }
  }

  /**
   * A call of another living process is waited for, a while: its ending will be in the record. A call of a
   * dead process is UNKNOWN: nobody saw how it ended.
   */
  async reconcile(attemptId: string): Promise<Reconciliation> {
    const call = this.#live.get(attemptId);
    if (call !== undefined) return { kind: 'LIVE', call };
    const giveUpAt = Date.now() + (this.#options.foreignWaitMs ?? 10_000);
    let carrierLives = (): boolean => false;
    for (;;) {
      const found = this.#records.look(attemptId);
      if (found.state === 'ENDED') {
        // Whoever has died since settles nothing any more.
        return { kind: 'ENDED', ending: found.ending, ...(carrierLives() && { carriedElsewhere: true }) };
      }
      if (found.state === 'UNHEARD_OF') return { kind: 'NEVER_PLACED' };
      if (!found.source.alive()) {
        // It may have written between our look and its death.
        const last = this.#records.look(attemptId);
        if (last.state === 'ENDED') return { kind: 'ENDED', ending: last.ending };
        return { kind: 'UNKNOWN', why: 'the process that carried the call died in the middle of it' };
      }
      if (Date.now() >= giveUpAt) {
        const why = 'another process is still carrying the call';
        return { kind: 'UNKNOWN', why, ...(!found.source.own && { carriedElsewhere: true }) };
      }
      if (!found.source.own) carrierLives = () => found.source.alive();
      await new Promise((resolve) => setTimeout(resolve, FOREIGN_POLL_MS));
    }
  }

  /** None: a simulated call is a part of the process that carries it, and ends with it. */
  async orphans(): Promise<string[]> {
    return [];
  }

  async drop(callId: string): Promise<void> {
    this.#legs.get(callId)?.dropLeg();
    await this.#live.get(callId)?.hangUp();
  }

  onInbound(listener: (offer: InboundOffer) => void): void {
    this.#callsToUs.listen(listener);
  }

  async accept(callId: string, maxCallMs: number): Promise<void> {
    this.#live.get(callId)?.accept(maxCallMs);
  }

  async refuse(callId: string, cause: Parameters<VoiceTrunk['refuse']>[1]): Promise<void> {
    this.#callsToUs.refuse(callId, cause);
  }

  ring(call: Omit<InboundOffer, 'callId'>): Promise<SimulatedCaller> {
    return this.#callsToUs.ring(call);
  }

  async fetchRecording(name: string): Promise<FetchedRecording | undefined> {
    const data = await this.#recordings.fetch(name);
    return data && { data: Readable.from(data.length === 0 ? [] : [data]) };
  }

  forgetRecording(name: string): Promise<void> {
    return this.#recordings.forget(name);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const tell of this.#awaitChange.splice(0)) tell();
    clearInterval(this.#limits);
    for (const call of [...this.#live.values()]) call.drop();
    this.#records.close();
  }

  /** At speed 0 time stands still in a call nobody attends to; its limit is then kept by the wall clock. */
  #keepLimits(): void {
    if (this.#options.speed !== 0 || this.#limits !== undefined) return;
    this.#limits = setInterval(() => {
      const now = Date.now();
      for (const call of [...this.#live.values()]) if (call.deadlineMs <= now) call.reachLimit();
      if (this.#live.size > 0) return;
      clearInterval(this.#limits);
      this.#limits = undefined;
    }, LIMIT_CHECK_MS);
    this.#limits.unref();
  }
}

/** @throws RangeError for a speed that is not a number from 0 up; what the file system throws for the folder */
export function createSimulatedTrunk(options: SimulatedTrunkOptions): SimulatedVoiceTrunk {
  if (!Number.isFinite(options.speed) || options.speed < 0) {
    throw new RangeError(`the simulation speed must be a number from 0 up, got ${options.speed}`);
  }
  return new SimulatedTrunk(options);
}
