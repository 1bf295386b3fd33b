/**
 * A call's way through Asterisk's dialplan, where no command reaches it, and back. It goes there to be listened to
 * (person or machine?), or only to turn round. Meanwhile nothing can be played.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Latch, latch } from '../latch.ts';
import { AriAway, AriMissing, AriSilent } from './ari.ts';
import type { AriChannel } from './ari-types.ts';
import type { AsteriskCall } from './call.ts';
import { answeredBy, DETECTION, DETECTION_LIMIT_MS, GREETING_LIMIT_MS, THERE_AND_BACK } from './detection.ts';
import { isListenedTo } from './taking-over.ts';

/** A call that only turns round is back within milliseconds. */
const BACK_WITHIN_MS = 2_000;

export class Listening {
  readonly #call: AsteriskCall;
  readonly #heard: (by: 'PERSON' | 'MACHINE') => void;
  #active = false;
  /** It has been out there. */
  #hasBeen = false;
  #back: Latch<void> = latch<void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: AsteriskCall, heard: (by: 'PERSON' | 'MACHINE') => void) {
    this.#call = call;
    this.#heard = heard;
  }

  /** The call is in the dialplan, and will come back. */
  get active(): boolean {
    return this.#active;
  }

  async begin(): Promise<void> {
    const { attemptId, log } = this.#call;
    this.#active = true;
    try {
      await this.#send();
      if (this.#active) this.#await();
    } catch (error) {
      this.#active = false;
      if (this.#call.hasEnded) return;
      log.warn({ attemptId, err: error }, 'nobody listens for a machine: taken for a person');
      this.#heard('PERSON');
    }
  }

  /**
   * A call that was dialled stays in a bridge of Asterisk's own until it has been in the dialplan, and nothing is
   * recorded of a call in a bridge. Does nothing for one that has been there, or was not dialled.
   */
  async turnRound(): Promise<void> {
    const { attemptId: channelId, facts } = this.#call;
    if (this.#hasBeen || facts.inbound || facts.detectMachine) return;
    this.#active = true;
    this.#back = latch<void>();
    try {
      await this.#call.insist('leave the dial bridge', (client) =>
        client.channels.continueInDialplan({ channelId, ...THERE_AND_BACK }),
      );
      await Promise.race([this.#back.promise, this.#call.ended(), sleep(BACK_WITHIN_MS)]);
    } finally {
      this.#active = false;
    }
  }

  /** The call is back, with Asterisk's words for what it heard; none if it was not listened to. */
  done(status: string, cause: string): void {
    this.stop();
    this.#hasBeen = true;
    this.#back.settle();
    this.#heard(answeredBy(status, cause));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#active = false;
  }

  /** Not to be repeated blindly: a call that has been listened to already would be sent off in mid-conversation. */
  async #send(): Promise<void> {
    const { attemptId: channelId, link } = this.#call;
    for (;;) {
      try {
        await link.command('listen for a machine', (client) =>
          client.channels.continueInDialplan({ channelId, ...DETECTION }),
        );
        return;
      } catch (error) {
        if (!(error instanceof AriSilent || error instanceof AriAway)) throw error;
        const found = await this.#call.insist('look at a call', (client) =>
          client.channels.get({ channelId }),
        );
        if (found === undefined || isListenedTo(found) || this.#isBack(found)) return;
      }
    }
  }

  /** Whether it has come back without our hearing of it. */
  #isBack(found: AriChannel): boolean {
    const { AMDSTATUS: status = '', AMDCAUSE: cause = '' } = found.channelvars ?? {};
    if (status === '' || isListenedTo(found)) return false;
    this.done(status, cause);
    return true;
  }

  #await(mayWaitAgain = true): void {
    const { facts } = this.#call;
    const limitMs = DETECTION_LIMIT_MS + (facts.awaitGreetingEnd ? GREETING_LIMIT_MS : 0);
    this.#timer = setTimeout(() => void this.#late(mayWaitAgain), limitMs);
  }

  /** It should be back. A server that stood still meanwhile, or is away, gets its time anew. */
  async #late(mayWaitAgain: boolean): Promise<void> {
    const { attemptId, link, log } = this.#call;
    try {
      const found = await link.command('look at a call', (client) =>
        client.channels.get({ channelId: attemptId }),
      );
      if (!this.#active || this.#isBack(found)) return;
      if (mayWaitAgain) {
        this.#await(false);
        return;
      }
      log.error({ attemptId }, 'a call did not come back from detection: hung up');
      await this.#call.hangUp();
    } catch (error) {
      if (this.#active && !(error instanceof AriMissing)) this.#await(mayWaitAgain);
    }
  }
}
