/**
 * The reference of `bench/voice`: the least a program must do to make a call over ARI. Originate, play one short
 * sound when it is answered, hang up when that has been heard; nothing is written down.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import ari from 'ari-client';
import type { RunningAsterisk } from '../telephony/asterisk.ts';

export interface BareResult {
  /** From the first order to the last end. */
  callsPerSecond: number;
  failed: number;
  /** From the order to the answer, in ms. */
  answerMs: number[];
}

interface Event {
  type: string;
  cause?: number;
  channel?: { id: string };
  playback?: { target_uri: string };
}

interface BareClient {
  on(type: string, listener: (event: Event) => void): void;
  start(app: string): Promise<void>;
  stop(): void;
  channels: {
    originate(input: object): Promise<unknown>;
    play(input: object): Promise<unknown>;
    hangup(input: object): Promise<unknown>;
  };
}

const APP = 'bare-loop';

/** @param sound path of the sound every call plays, without its ending */
export async function bareLoop(
  asterisk: RunningAsterisk,
  input: { numbers: string[]; callsPerSecond: number; sound: string },
): Promise<BareResult> {
  const client = (await ari.connect(asterisk.url, asterisk.user, asterisk.password)) as unknown as BareClient;
  const orderedAt = new Map<string, number>();
  const answerMs: number[] = [];
  let failed = 0;
  const fail = (): void => {
    failed += 1;
  };
  client.on('StasisStart', ({ channel }) => {
    const at = orderedAt.get(channel?.id ?? '');
    if (at === undefined || !channel) return;
    answerMs.push(performance.now() - at);
    client.channels.play({ channelId: channel.id, media: `sound:${input.sound}` }).catch(fail);
  });
  client.on('PlaybackFinished', ({ playback }) => {
    client.channels.hangup({ channelId: playback?.target_uri.slice('channel:'.length) }).catch(fail);
  });
  client.on('ChannelDestroyed', ({ channel, cause }) => {
    if (orderedAt.delete(channel?.id ?? '') && cause !== 16) fail();
  });
  await client.start(APP);
  const begun = performance.now();
  for (const [index, number] of input.numbers.entries()) {
    const wait = begun + (index * 1000) / input.callsPerSecond - performance.now();
    if (wait > 1) await sleep(wait);
    const channelId = randomUUID();
    orderedAt.set(channelId, performance.now());
    const endpoint = `PJSIP/${number}@trunk`;
    client.channels.originate({ channelId, endpoint, app: APP, formats: 'ulaw', timeout: 30 }).catch(fail);
  }
  while (orderedAt.size > 0) await sleep(20);
  const seconds = (performance.now() - begun) / 1000;
  client.stop();
  return { callsPerSecond: input.numbers.length / seconds, failed, answerMs };
}
