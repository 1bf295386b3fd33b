/**
 * Finding out who answered: the call is sent through Asterisk's dialplan, which listens, and comes back with
 * what it heard. Meanwhile nothing can be played, and should it not come back in time the call is over.
 */
import type { AsteriskCall } from './call.ts';
import { answeredBy, DETECTION, DETECTION_LIMIT_MS, GREETING_LIMIT_MS } from './detection.ts';

export class Listening {
  readonly #call: AsteriskCall;
  readonly #heard: (by: 'PERSON' | 'MACHINE') => void;
  #active = false;
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
      await this.#call.insist('listen for a machine', (client) =>
        client.channels.continueInDialplan({ channelId: attemptId, ...DETECTION }),
      );
      this.#await();
    } catch (error) {
      this.#active = false;
      if (this.#call.hasEnded) return;
      log.warn({ attemptId, err: error }, 'nobody listens for a machine: taken for a person');
      this.#heard('PERSON');
    }
  }

  /** The call is back, with Asterisk's words for what it heard. */
  done(status: string, cause: string): void {
    this.stop();
    this.#heard(answeredBy(status, cause));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#active = false;
  }

  #await(): void {
    const { attemptId, log, facts } = this.#call;
    const limitMs = DETECTION_LIMIT_MS + (facts.awaitGreetingEnd ? GREETING_LIMIT_MS : 0);
    this.#timer = setTimeout(() => {
      log.error({ attemptId }, 'a call did not come back from detection: hung up');
      this.#call.hangUp().catch((error) => log.warn({ err: error }, 'a call could not be hung up'));
    }, limitMs);
  }
}
