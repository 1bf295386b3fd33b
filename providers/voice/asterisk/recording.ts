/**
 * Recording what a person says, and recording both sides of a whole call. Sounds to be played queue behind a
 * recording of the same telephone channel, so a whole call is recorded on a second one that listens in.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { latch } from '../latch.ts';
import type { RecordOrder, RecordResult } from '../trunk.ts';
import { type AriLink, AriMissing, AriRefused } from './ari.ts';
import type { AriEvent } from './ari-types.ts';
import type { AsteriskCall } from './call.ts';

/** GSM 06.10: 33 bytes hold 20 ms. */
const FRAME_BYTES = 33;
const FRAME_MS = 20;
const FORMAT = 'gsm';

/** Beyond a recording's own limit, for the word that it is complete. */
const GRACE_MS = 5_000;
/** A recording ends a moment before the call does, when the person hangs up. */
const HANG_UP_FOLLOWS_MS = 400;
/** A second channel is ready to record within milliseconds; asked sooner, Asterisk refuses. */
const READY_TRIES = 20;
const READY_EVERY_MS = 50;

const seconds = (ms: number): number => Math.ceil(ms / 1000);

/** @throws AriRefused when Asterisk cannot record, while the call goes on */
export async function recordPerson(call: AsteriskCall, order: RecordOrder): Promise<RecordResult> {
  const { name } = order;
  const complete = latch<AriEvent | undefined>();
  let pressed = false;
  let isFull = false;
  call.onRecording(name, (event) => complete.settle(event));
  call.onKey((key) => {
    if (order.terminators !== 'any' && !order.terminators.includes(key)) return;
    pressed = true;
    void stop(call.link, name);
  });
  let full: ReturnType<typeof setTimeout> | undefined;
  const deadline = setTimeout(() => complete.settle(undefined), order.maxMs + GRACE_MS);
  try {
    const ended = call.ended().then(() => undefined);
    // Awaited only later on: until then its failure is nobody's.
    ended.catch(() => {});
    await call.leaveDialBridge();
    await call.insist('record', (client) =>
      client.channels.record({
        channelId: call.attemptId,
        name,
        format: FORMAT,
        maxDurationSeconds: seconds(order.maxMs) + 1,
        maxSilenceSeconds: seconds(order.silenceMs),
        // After a lost answer the command comes again, for the same recording.
        ifExists: 'overwrite',
        beep: order.beep,
        terminateOn: 'none',
      }),
    );
    // Asterisk counts in whole seconds, and later on a busy machine.
    full = setTimeout(() => {
      isFull = true;
      void stop(call.link, name);
    }, order.maxMs);
    const event = await Promise.race([complete.promise, ended]);
    if (!pressed && !isFull && !call.hasEnded) await Promise.race([ended, sleep(HANG_UP_FOLLOWS_MS)]);
    if (event?.type === 'RecordingFailed' && !call.hasEnded) {
      throw new AriRefused(`record: ${event.recording?.cause ?? 'Asterisk gives no reason'}`);
    }
    const durationMs = await durationOf(call, name, event);
    return { endedBy: isFull && !call.hasEnded ? 'LIMIT' : endedBy(call, order, pressed, event), durationMs };
  } finally {
    clearTimeout(deadline);
    clearTimeout(full);
    call.onRecording(name, undefined);
    call.onKey(undefined);
  }
}

function endedBy(
  call: AsteriskCall,
  order: RecordOrder,
  pressed: boolean,
  event: AriEvent | undefined,
): RecordResult['endedBy'] {
  if (pressed) return 'TERMINATOR';
  if (call.hasEnded) return 'HUNG_UP';
  const lastedMs = (event?.recording?.duration ?? 0) * 1000;
  // Asterisk also gives up on a telephone that sends nothing at all.
  if (order.silenceMs === 0) return lastedMs > 0 ? 'LIMIT' : 'SILENCE';
  return lastedMs + 1000 > order.maxMs ? 'LIMIT' : 'SILENCE';
}

async function durationOf(call: AsteriskCall, name: string, event: AriEvent | undefined): Promise<number> {
  try {
    const data = await storedRecording(call.link, name);
    return Math.floor((data?.length ?? 0) / FRAME_BYTES) * FRAME_MS;
  } catch {
    // The server is away just now: its own word, in whole seconds.
    return (event?.recording?.duration ?? 0) * 1000;
  }
}

/** Records both sides under this name until the call ends. */
export async function recordCall(call: AsteriskCall, name: string): Promise<void> {
  const snoopId = `${call.attemptId}-rec`;
  const { link } = call;
  try {
    await call.insist('listen in', (client) =>
      client.channels.snoopChannelWithId({
        channelId: call.attemptId,
        snoopId,
        spy: 'both',
        app: link.app,
        appArgs: 'recording',
      }),
    );
    await whenReady(call, async () => {
      await call.insist('record the call', (client) =>
        client.channels.record({
          channelId: snoopId,
          name,
          format: FORMAT,
          maxDurationSeconds: 0,
          maxSilenceSeconds: 0,
          ifExists: 'fail',
          beep: false,
          terminateOn: 'none',
        }),
      );
    });
  } catch (error) {
    if (!(error instanceof AriRefused)) throw error;
    // It is being recorded already (a call taken over), or has just ended.
    if (call.hasEnded || (await exists(link, snoopId))) return;
    throw error;
  }
}

async function whenReady(call: AsteriskCall, work: () => Promise<void>): Promise<void> {
  for (let tries = 1; !call.hasEnded; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AriRefused) || tries === READY_TRIES) throw error;
      await sleep(READY_EVERY_MS);
    }
  }
}

async function exists(link: AriLink, channelId: string): Promise<boolean> {
  try {
    await link.command('look at a recording', (client) => client.channels.get({ channelId }));
    return true;
  } catch (error) {
    if (error instanceof AriMissing) return false;
    throw error;
  }
}

/** Refused when it has just ended. */
const stop = (link: AriLink, recordingName: string): Promise<unknown> =>
  link.command('stop recording', (client) => client.recordings.stop({ recordingName })).catch(() => {});

/** The file as Asterisk keeps it, undefined when it has none. @throws AriAway, AriSilent */
export async function storedRecording(link: AriLink, recordingName: string): Promise<Buffer | undefined> {
  try {
    return await link.command('fetch a recording', (client) =>
      client.recordings.getStoredFile({ recordingName }),
    );
  } catch (error) {
    if (error instanceof AriMissing) return undefined;
    throw error;
  }
}

/** @throws AriAway, AriSilent */
export async function deleteRecording(link: AriLink, recordingName: string): Promise<void> {
  await link
    .command('delete a recording', (client) => client.recordings.deleteStored({ recordingName }))
    .catch((error) => {
      if (!(error instanceof AriMissing)) throw error;
    });
}
