/**
 * A call is placed in two commands. `create` makes it, under the attempt's id, and rings nobody; `dial` sends the one
 * INVITE. So whatever goes wrong with the first has certainly reached nobody, and a call that was made and not
 * dialled can be taken away before anybody is rung.
 */
import { type CallOrder, DuplicateAttempt, TrunkUnavailable } from '../trunk.ts';
import { type AriLink, AriRefused } from './ari.ts';
import type { AriChannel } from './ari-types.ts';
import type { AsteriskCall } from './call.ts';
import type { CallFacts } from './call-facts.ts';
import type { Endpoints } from './endpoints.ts';
import { UNDIALLED } from './record-lines.ts';

/** Between making a call and dialling it lies one answer; where nobody says otherwise, one held up longer lets it be. */
const DIAL_WITHIN_MS = 3_000;

/**
 * Where a call bears the mark UNDIALLED from when it is made until it may be dialled. A field of Asterisk's own, as
 * those alone are in its record of calls, and as that of a call to us is empty.
 */
const MARK = 'CHANNEL(userfield)';

/** Whether this call was certainly made and not dialled. Of a server that does not tell the mark, never. */
export const isUndialled = (channel: AriChannel): boolean => channel.channelvars?.[MARK] === UNDIALLED;

export class Placing {
  readonly #link: AriLink;
  readonly #endpoints: Endpoints;
  readonly #defaultEndpoint: string;
  readonly #find: (id: string) => Promise<AriChannel | undefined>;

  constructor(
    link: AriLink,
    endpoints: Endpoints,
    defaultEndpoint: string,
    find: (id: string) => Promise<AriChannel | undefined>,
  ) {
    this.#link = link;
    this.#endpoints = endpoints;
    this.#defaultEndpoint = defaultEndpoint;
    this.#find = find;
  }

  /** Makes the call, which rings nobody yet. @throws TrunkUnavailable, DuplicateAttempt */
  async create(order: CallOrder, facts: CallFacts): Promise<void> {
    const endpoint = order.line?.endpoint ?? this.#defaultEndpoint;
    const channelId = order.attemptId;
    try {
      await this.#link.command('set a call up', (client) =>
        client.channels.create({
          channelId,
          endpoint: `PJSIP/${order.to}@${endpoint}`,
          app: this.#link.app,
          formats: (order.line?.codecs ?? ['ulaw', 'alaw']).join(','),
          variables: this.#variables(order, facts),
        }),
      );
    } catch (error) {
      await this.#whyNot(channelId, error as Error, endpoint);
    }
  }

  /** Nobody was rung. Says whether it is a call that was there before, the line, or the server. */
  async #whyNot(channelId: string, error: Error, endpoint: string): Promise<never> {
    // Asterisk may say "exists" of a call it does not have (a stale answer): it is asked again.
    if (
      error instanceof AriRefused &&
      /already exists/.test(error.message) &&
      (await this.#find(channelId))
    ) {
      throw new DuplicateAttempt(`${this.#link.name} has a call of attempt ${channelId}`);
    }
    if (error instanceof AriRefused) this.#endpoints.refused(endpoint, error.message);
    else await this.takeAway(channelId).catch(() => {});
    throw new TrunkUnavailable(error.message);
  }

  /** Rings. @throws AriRefused when it did not; AriSilent, AriAway when nobody knows */
  async dial(order: CallOrder, call: AsteriskCall): Promise<void> {
    const { attemptId: channelId, ringBefore = new Date(Date.now() + DIAL_WITHIN_MS) } = order;
    try {
      // Asterisk answers before the call is in our application, and does not dial one that is not.
      await call.entered;
      // For whoever finds it or its record, should we die on the next line: from here on it may ring.
      await this.#link.command('note the dialling', (client) =>
        client.channels.setChannelVar({ channelId, variable: MARK, value: '' }),
      );
      await this.#link.command('dial', (client) => {
        if (Date.now() > ringBefore.getTime()) throw new Error('held up before dialling');
        return client.channels.dial({ channelId, timeout: Math.ceil(order.ringTimeoutMs / 1000) });
      });
    } catch (error) {
      // Without an answer the INVITE may be out: `reconcile` takes the call over.
      if (error instanceof AriRefused) await this.takeAway(channelId).catch(() => {});
      throw error;
    }
  }

  #variables(order: CallOrder, facts: CallFacts): Record<string, string> {
    const { callerId } = order;
    return {
      'PJSIP_HEADER(add,X-Attempt-Id)': order.attemptId,
      'PJSIP_HEADER(add,X-Attempt-Number)': String(order.priorAttempts + 1),
      'TIMEOUT(absolute)': String(Math.ceil(order.maxCallMs / 1000)),
      [MARK]: UNDIALLED,
      CLARION_APP: this.#link.app,
      CLARION_CALL: JSON.stringify(facts),
      ...(order.awaitGreetingEnd && { CLARION_AWAIT_GREETING_END: '1' }),
      // Both: the first is who calls, the second what an outgoing INVITE's From is made of.
      ...(callerId !== undefined && { 'CALLERID(num)': callerId, 'CONNECTEDLINE(num,i)': callerId }),
    };
  }

  /** Ends a call. @throws what `AriLink.command` throws, also when it is not there */
  async takeAway(channelId: string): Promise<void> {
    await this.#link.command('take a call away', (client) => client.channels.hangup({ channelId }));
  }
}
