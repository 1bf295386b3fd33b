/**
 * Brings recordings from the trunk into our storage once their calls have ended. A sweep over what the
 * database says is still at the trunk, and no activity of the call: so neither the settlement nor a voice
 * slot waits for a file, a recording needs no history in Temporal, and what a crash left behind is found by
 * the very look that finds everything else.
 *
 * store -> say so in the database -> let the trunk forget. `kill -9` between any two: the same is done again,
 * under the same key and with the same result, and the trunk's copy is not forgotten before ours is known.
 */
import type { Readable } from 'node:stream';
import type { Database } from '../db/client.ts';
import {
  endRecording,
  noteForgotten,
  type RecordingEnd,
  type RecordingToFetch,
  retryRecordingAt,
  takeRecordings,
} from '../db/queries/recordings.ts';
import { gsmDurationMs, recordingStem } from '../domain/recording.ts';
import type { Logger } from '../log.ts';
import type { Storage } from '../providers/storage/storage.ts';
import type { VoiceTrunk } from '../providers/voice/trunk.ts';

export interface FetchRecordingsDeps {
  db: Database;
  trunk: Pick<VoiceTrunk, 'name' | 'fetchRecording' | 'forgetRecording'>;
  storage: Storage;
  now: () => Date;
  log: Logger;
  /** No more is begun, and what is under way is broken off: another worker fetches it. */
  signal?: AbortSignal;
}

/** Renewed while a recording is fetched; who dies with one is followed this much later. */
const LEASE_MS = 60_000;
const RENEW_MS = LEASE_MS / 3;
/** A trunk may need this long after the end of a call to close its file. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 5_000;
/** Between two looks at a recording whose trunk does not answer, at the longest. */
const LONGEST_RETRY_MS = 600_000;
/** After this the trunk is not asked any more. */
const GIVE_UP_MS = 7 * 24 * 3_600_000;
/** Four hours, the longest call, have 24 MB. */
const LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Fetches one after the other until nothing is due.
 * @returns how many it looked at
 * @throws when the database cannot say what is due
 */
export async function fetchRecordings(deps: FetchRecordingsDeps): Promise<number> {
  for (let looked = 0; ; looked++) {
    if (deps.signal?.aborted) return looked;
    const [recording] = await takeRecordings(deps.db, { now: deps.now(), leaseMs: LEASE_MS, limit: 1 });
    if (recording === undefined) return looked;
    await attend(deps, recording);
  }
}

/** Keeps a recording for this worker until it is stored, or put off. */
async function attend(deps: FetchRecordingsDeps, recording: RecordingToFetch): Promise<void> {
  const { id, accountId } = recording;
  const renewing = setInterval(() => {
    const at = new Date(deps.now().getTime() + LEASE_MS);
    // Failing that, another fetches it, too: the same under the same key.
    retryRecordingAt(deps.db, { id, accountId, at }).catch(() => {});
  }, RENEW_MS);
  try {
    await bring(deps, recording);
  } catch (error) {
    deps.log.warn({ recording: id, err: error }, 'a recording could not be fetched; trying again');
    clearInterval(renewing);
    // Where the database is away as well, the lease runs out instead.
    await putOff(deps, recording).catch(() => {});
  } finally {
    clearInterval(renewing);
  }
}

async function bring(deps: FetchRecordingsDeps, recording: RecordingToFetch): Promise<void> {
  const { db, trunk } = deps;
  const { id, accountId } = recording;
  if (recording.status === 'RECORDING') {
    const end = await endOf(deps, recording);
    if (end === undefined) return putOff(deps, recording);
    await endRecording(db, { id, accountId, at: deps.now(), end });
    if (end.status === 'LOST') {
      deps.log.warn({ recording: id, cause: end.cause }, 'a recording is lost');
      return;
    }
  }
  await trunk.forgetRecording(recordingStem(recording.name));
  await noteForgotten(db, { id, accountId });
}

/** What became of it; undefined when it is too early to say. @throws when the trunk or the storage does not answer */
async function endOf(
  deps: FetchRecordingsDeps,
  recording: RecordingToFetch,
): Promise<RecordingEnd | undefined> {
  const { trunk, now } = deps;
  const endedMsAgo = now().getTime() - recording.callEndedAt.getTime();
  const late = endedMsAgo > GIVE_UP_MS;
  if (recording.provider !== trunk.name) {
    if (!late) return undefined;
    return { status: 'LOST', cause: `the trunk ${recording.provider}, which has it, is not in use any more` };
  }
  const found = await trunk
    .fetchRecording(recordingStem(recording.name), deps.signal)
    .catch((error: unknown) => {
      if (!late) throw error;
      return undefined;
    });
  if (found !== undefined) {
    const { data } = found;
    return store(deps, recording, data).catch((error: unknown): RecordingEnd => {
      // Not where it is the storage that failed, or we who broke off.
      if (!late || data.errored === null || deps.signal?.aborted) throw error;
      return { status: 'LOST', cause: 'the trunk never gave all of it' };
    });
  }
  if (recording.nothingHeard) return { status: 'EMPTY' };
  return endedMsAgo > PATIENCE_MS ? { status: 'LOST', cause: 'the trunk has no such recording' } : undefined;
}

async function store(
  deps: FetchRecordingsDeps,
  recording: RecordingToFetch,
  data: Readable,
): Promise<RecordingEnd> {
  // By days, so that no folder and no listing grows without end.
  const day = recording.startedAt.toISOString().slice(0, 10);
  const storageKey = `recordings/${recording.accountId}/${day}/${recording.name}`;
  try {
    const bytes = await deps.storage.write(storageKey, data, LIMIT_BYTES);
    if (bytes === 0) {
      await deps.storage.remove(storageKey);
      return { status: 'EMPTY' };
    }
    return { status: 'STORED', durationMs: gsmDurationMs(bytes), bytes, storageKey };
  } finally {
    // Whatever was not read is wanted by nobody.
    data.destroy();
  }
}

/** The next look: soon at first, then ever later. */
function putOff(deps: FetchRecordingsDeps, { id, accountId, tries }: RecordingToFetch): Promise<void> {
  const waitMs = Math.min(RETRY_MS * 2 ** Math.max(0, tries - 10), LONGEST_RETRY_MS);
  return retryRecordingAt(deps.db, { id, accountId, at: new Date(deps.now().getTime() + waitMs) });
}
