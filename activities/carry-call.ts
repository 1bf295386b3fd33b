/**
 * What every call goes through once it is up, whoever began it: the flow runs, its place is kept, and the
 * ending is settled. `place-call.ts` begins calls to people, `answer-call.ts` those that people make to us.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../db/client.ts';
import { type AccountValues, findAttempt } from '../db/queries/call-context.ts';
import type { Frozen } from '../db/queries/frozen.ts';
import type { FindPromptSounds } from '../db/queries/prompt-sounds.ts';
import { appendJourneys, type Settlement } from '../db/queries/settle-attempts.ts';
import type { JourneyEntry } from '../domain/flow/journey.ts';
import type { FlowState } from '../domain/flow/machine.ts';
import type { FlowDefinition } from '../domain/flow/schema.ts';
import { startState, step } from '../domain/flow/step.ts';
import type { Line } from '../domain/trunk.ts';
import type { Logger } from '../log.ts';
import type { CallEnding, Utterance, VoiceCall, VoiceTrunk } from '../providers/voice/trunk.ts';
import { recordCall, recordPerson } from './recordings.ts';
import { type CarryOut, runFlow, type WebhookReply } from './run-flow.ts';
import { type SendMessageDeps, sendMessage } from './send-message.ts';
import { settleLegs, transferCall } from './transfer-call.ts';
import { utter } from './utter.ts';

export interface CarryCallDeps extends SendMessageDeps {
  db: Database;
  frozen: Frozen;
  accountValues: (accountId: number) => Promise<AccountValues>;
  promptSounds: FindPromptSounds;
  trunk: VoiceTrunk;
  webhook(
    effect: Parameters<CarryOut['webhook']>[0],
    options: { allowPlainHttp: boolean },
  ): Promise<WebhookReply>;
  /** How often a call's place in its flow is kept: `runFlow`. */
  checkpoints: 'each' | 'end';
  log: Logger;
}

/** What a flow needs to run on a call. */
export interface Script {
  definition: FlowDefinition;
  /** The person's: E.164, or what the carrier gave of a caller. */
  number: string;
  variables: Record<string, string>;
  /** The line the call left by, for what is done from inside it. Absent: the platform's default line. */
  line?: Line | undefined;
  /** Of the last checkpoint; null where nothing has run yet. */
  state: FlowState | null;
}

/** What is known of a run besides its ending. */
export interface Heard {
  keys: string;
  entries: JourneyEntry[];
}

/** With a wait of up to five seconds between them: about two minutes. */
const SETTLE_TRIES = 30;

/** Calls in progress when a worker is asked to stop may talk this much longer; then they are hung up and settled. */
const FAREWELL_MS = 8_000;

/**
 * Makes "one carrier a call": a retry in the same process (the server thought us dead, and we were not) joins
 * the one that carries the call. Two carriers would say everything twice.
 */
export function oneCarrierEach<Fate = void>(): (
  attemptId: string,
  work: () => Promise<Fate>,
) => Promise<Fate> {
  const carried = new Map<string, Promise<Fate>>();
  return (attemptId, work) => {
    const already = carried.get(attemptId);
    if (already) return already;
    const working = work().finally(() => carried.delete(attemptId));
    carried.set(attemptId, working);
    return working;
  };
}

/** Carries one attempt to its settlement. */
export class CallCarrier {
  readonly #deps: CarryCallDeps;
  readonly #accountId: number;
  /** The ledger's id of the attempt: what is written is written under it. */
  readonly #attemptId: string;
  readonly #shutdown: AbortSignal;

  /** @param shutdown the activity's: aborted with WORKER_SHUTDOWN when the worker is asked to stop */
  constructor(deps: CarryCallDeps, attempt: { accountId: number; attemptId: string }, shutdown: AbortSignal) {
    this.#deps = deps;
    this.#accountId = attempt.accountId;
    this.#attemptId = attempt.attemptId;
    this.#shutdown = shutdown;
  }

  /**
   * Follows a call to its end, runs the flow once it is answered, and settles it.
   * @param name what an ending is called in the ledger
   */
  async follow(
    call: VoiceCall,
    script: Script,
    name: (ending: CallEnding) => CallEnding = (ending) => ending,
  ): Promise<void> {
    const release = this.#hangUpOnShutdown(call);
    try {
      const progress = await call.answered();
      if (progress.kind === 'ENDED') return await this.settle(name(progress.ending));
      if (script.definition.settings.recordCalls) await this.#recordCall(call);
      const run = await this.#runFlow(call, progress.by, script);
      await this.settle(name(await call.ended()), run);
    } finally {
      release();
    }
  }

  /**
   * For a call that ended while nobody carried it: what the person had pressed by the last checkpoint; the
   * journey up to there is written already. Second calls that were begun from inside it are settled first.
   */
  async kept(): Promise<Heard> {
    await settleLegs(this.#deps, this.#key(), this.#shutdown);
    const { state } = await findAttempt(this.#deps.db, this.#key());
    return { keys: state?.keys ?? '', entries: [] };
  }

  /** What a call that is adopted was saying, and where it was. */
  async script(): Promise<Script> {
    const { db, frozen } = this.#deps;
    const found = await findAttempt(db, this.#key());
    return {
      ...found,
      definition: await frozen.definition(this.#accountId, found.flowId, found.flowVersion),
    };
  }

  /**
   * What a person who answers hears first, as far as the flow can tell before the call. Texts alone: what else
   * is to be heard first is looked up when it is played.
   */
  async opening(script: Script): Promise<Utterance[]> {
    const { userValues } = await this.#deps.accountValues(this.#accountId);
    const { definition, number, variables } = script;
    const state = script.state ?? startState(definition, { variables });
    const { effect } = step(
      definition,
      state,
      { type: 'START', answeredBy: 'PERSON' },
      { userValues, number },
    );
    const speech = effect.type === 'SAY' || effect.type === 'GATHER' ? effect.speech : [];
    return speech.filter((part) => part.kind === 'TEXT');
  }

  async settle(ending: CallEnding, run: Heard = { keys: '', entries: [] }): Promise<void> {
    await this.#untilSettled({
      ...this.#key(),
      outcome: ending.outcome,
      cause: ending.cause,
      settledAt: ending.endedAt,
      entries: run.entries,
      ...(ending.answeredAt && { answeredAt: ending.answeredAt }),
      ...(run.keys !== '' && { keys: run.keys }),
    });
  }

  /** A call that cannot be recorded goes on: the person is on the line. What was written down of it ends as LOST. */
  async #recordCall(call: VoiceCall): Promise<void> {
    try {
      await recordCall(this.#deps, this.#key(), call);
    } catch (error) {
      this.#deps.log.warn({ attemptId: this.#attemptId, err: error }, 'a call is not recorded');
    }
  }

  #key() {
    return { accountId: this.#accountId, attemptId: this.#attemptId };
  }

  async #runFlow(call: VoiceCall, answeredBy: 'PERSON' | 'MACHINE', script: Script): Promise<Heard> {
    const { db, accountValues, promptSounds, checkpoints, now, webhook, log } = this.#deps;
    const { accountId, attemptId } = this.#key();
    const { definition } = script;
    const { userValues, plainHttpWebhooks, defaultCountry } = await accountValues(accountId);
    const message: CarryOut['sms'] & CarryOut['email'] = (effect) =>
      sendMessage(this.#deps, { accountId, attemptId, defaultCountry }, effect);
    const from = { accountId, attemptId, defaultCountry, signal: this.#shutdown };
    // The entries of the last checkpoint are written with the settlement, in its transaction.
    let unwritten: JourneyEntry[] = [];
    const result = await runFlow({
      call,
      answeredBy,
      definition,
      context: { userValues, number: script.number },
      state: script.state ?? startState(definition, { variables: script.variables }),
      resume: script.state !== null,
      carryOut: {
        webhook: (effect) => webhook(effect, { allowPlainHttp: plainHttpWebhooks }),
        sms: message,
        email: message,
        record: (effect, call) => recordPerson(this.#deps, { accountId, attemptId }, effect, call),
        transfer: (effect, call) => transferCall(this.#deps, from, effect, call),
      },
      checkpoints,
      checkpoint: async (state, entries, when) => {
        if (when === 'END') unwritten = entries;
        else await appendJourneys(db.sql, [{ accountId, attemptId, entries, state }]);
      },
      now,
      utter: (speech) => utter(promptSounds, accountId, speech),
      onError: (error, effect) => log.warn({ attemptId, effect, err: error }, 'a widget failed'),
    });
    return { keys: result.keys, entries: unwritten };
  }

  /**
   * Only this process knows what the person pressed: while the database is away it waits and tries again. Given
   * up after `SETTLE_TRIES`, or when the worker is stopped: the activity's retry then reconciles.
   */
  async #untilSettled(settlement: Settlement): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#deps.settle(settlement);
      } catch (error) {
        if (tries === SETTLE_TRIES || this.#shutdown.aborted) throw error;
        this.#deps.log.warn({ attemptId: settlement.attemptId, err: error }, 'not settled yet; trying again');
        await sleep(Math.min(200 * 2 ** tries, 5_000));
      }
    }
  }

  /** A worker that is asked to stop lets the call end, for a while, and then ends it: its outcome stays known. */
  #hangUpOnShutdown(call: VoiceCall): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const asked = (): void => {
      // Where the server merely lost sight of us, the call goes on: the retry joins it.
      if (!isWorkerStop(this.#shutdown.reason)) return;
      timer = setTimeout(() => {
        call.hangUp().catch((error) => this.#deps.log.warn({ err: error }, 'a call could not be hung up'));
      }, FAREWELL_MS);
    };
    if (this.#shutdown.aborted) asked();
    else this.#shutdown.addEventListener('abort', asked, { once: true });
    return () => {
      clearTimeout(timer);
      this.#shutdown.removeEventListener('abort', asked);
    };
  }
}

/** The SDK gives the reason of a cancellation as the error's message. */
const isWorkerStop = (reason: unknown): boolean =>
  reason instanceof Error && reason.message === 'WORKER_SHUTDOWN';

/** An ending without an answer, for what the trunk cannot say itself. */
export const failedEnding = (cause: string, at: Date): CallEnding => ({
  outcome: 'FAILED',
  cause,
  answeredAt: undefined,
  endedAt: at,
});
