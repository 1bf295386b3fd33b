/**
 * Finding out who answered: the call is sent through Asterisk's dialplan, which listens, and comes back with
 * what it heard. Meanwhile nothing can be played, and should it not come back in time the call is over.
 */
import { AriAway, AriSilent } from './ari.ts';
import type { AsteriskCall } from './call.ts';
import { answeredBy, DETECTION, DETECTION_LIMIT_MS, GREETING_LIMIT_MS } from './detection.ts';
import { isListenedTo } from './taking-over.ts';

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
      await this.#send();
      if (this.#active) this.#await();
    } catch (error) {
      this.#active = false;
      if (this.#call.hasEnded) return;
      log.warn({ attemptId, err: error }, 'nobody listens for a machine: taken for a person');
      this.#heard('PERSON');
    }
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
        if (found === undefined || isListenedTo(found)) return;
        const { AMDSTATUS: status = '', AMDCAUSE: cause = '' } = found.channelvars ?? {};
        if (status !== '') {
          this.done(status, cause);
          return;
        }
      }
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
