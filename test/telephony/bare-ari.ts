/** ARI without the provider, to try out the kit alone: requests, events, and what the call record says of a call. */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import ari from 'ari-client';
import type { RunningAsterisk } from '../../telephony/asterisk.ts';

/** An event as ARI tells it; only what is looked at here. */
export interface AriEvent {
  type: string;
  channel?: { id: string; caller?: { number: string }; dialplan?: { exten: string } };
  args?: string[];
  digit?: string;
  cause?: number;
}

export interface BareAri {
  events: AriEvent[];
  /** @returns the status */
  ask(method: string, path: string, body?: object): Promise<number>;
  /** Rings a number and lets `app` have it once it is answered. */
  call(
    id: string,
    to: string,
    options?: { attemptNumber?: number; line?: string; awaitGreetingEnd?: boolean },
  ): Promise<void>;
  /** The first event that fits, waited for at most `limitMs`. */
  event(fits: (event: AriEvent) => boolean, limitMs?: number): Promise<AriEvent>;
  close(): void;
}

export async function bareAri(asterisk: RunningAsterisk, app: string): Promise<BareAri> {
  const { url, user, password } = asterisk;
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const events: AriEvent[] = [];
  const client = await ari.connect(url, user, password);
  const note = (event: unknown) => void events.push(event as AriEvent);
  client.on('StasisStart', note);
  // A call that came from the dialplan leaves the program before it is destroyed.
  client.on('StasisEnd', note);
  client.on('Dial', note);
  client.on('ChannelDtmfReceived', note);
  client.on('ChannelDestroyed', note);
  await client.start(app);
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${url}/ari${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  return {
    events,
    ask,
    call: async (id, to, { attemptNumber = 1, line = 'trunk', awaitGreetingEnd = false } = {}) => {
      const variables = {
        'PJSIP_HEADER(add,X-Attempt-Id)': id,
        'PJSIP_HEADER(add,X-Attempt-Number)': String(attemptNumber),
        CLARION_APP: app,
        CLARION_AWAIT_GREETING_END: awaitGreetingEnd ? '1' : '',
      };
      const query = `endpoint=PJSIP/${encodeURIComponent(to)}@${line}&app=${app}&channelId=${id}`;
      const created = await ask('POST', `/channels/create?${query}`, { variables });
      // Dialling is a conflict (409) until the new call has entered the program.
      await until(() => events.find((event) => event.type === 'StasisStart' && event.channel?.id === id));
      const dialled = await ask('POST', `/channels/${id}/dial?timeout=3`);
      if (created !== 200 || dialled !== 204) throw new Error(`create ${created}, dial ${dialled}`);
    },
    event: (fits, limitMs = 20_000) => until(() => events.find(fits), limitMs),
    close: () => client.stop(),
  };
}

/** @throws Error when nothing has come after `limitMs` */
export async function until<T>(look: () => T | undefined, limitMs = 20_000): Promise<T> {
  for (const deadline = Date.now() + limitMs; ; await sleep(20)) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('it did not come');
  }
}

/** Lines of the call record of one call: type and, for its end, the Q.850 cause. */
export function recordOf(
  asterisk: RunningAsterisk,
  id: string,
): { type: string; cause: number | undefined }[] {
  // It is made with the first call.
  if (!existsSync(asterisk.callRecords)) return [];
  const lines = readFileSync(asterisk.callRecords, 'utf8').split('\n');
  return lines
    .filter((line) => line.split(',')[2] === `"${id}"`)
    .map((line) => ({
      type: line.split(',')[0]?.replaceAll('"', '') ?? '',
      cause: numberIn(/hangupcause""?:(\d+)/.exec(line)),
    }));
}

function numberIn(match: RegExpExecArray | null): number | undefined {
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
