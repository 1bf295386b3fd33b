/**
 * Recording inside a call: written down first, so that it is fetched or named as lost whatever crashes, and
 * made by the trunk. Fetching is `recordings-fetch.ts`'s, when the call has ended.
 *
 * `kill -9` after the row and before the trunk was told: the trunk has no such recording, and it ends as LOST.
 */
import type { Database } from '../db/client.ts';
import { beginRecording, noteNothingHeard } from '../db/queries/recordings.ts';
import type { FlowEffect, RecordedEvent } from '../domain/flow/machine.ts';
import { recordingStem } from '../domain/recording.ts';
import type { VoiceCall } from '../providers/voice/trunk.ts';

interface RecordingDeps {
  db: Database;
  now: () => Date;
}

interface Attempt {
  accountId: number;
  /** The ledger's id of the call's attempt. */
  attemptId: string;
}

/** Records the person, as a widget asks for. @throws what the database and the trunk throw */
export async function recordPerson(
  deps: RecordingDeps,
  attempt: Attempt,
  effect: Extract<FlowEffect, { type: 'RECORD' }>,
  call: VoiceCall,
): Promise<RecordedEvent> {
  const { kind, widget, maxMs, silenceMs, terminators, beep } = effect;
  const name = await beginRecording(deps.db, { ...attempt, kind, widget, startedAt: deps.now() });
  const order = { name: recordingStem(name), maxMs, silenceMs, terminators, beep };
  const { endedBy, durationMs } = await call.record(order);
  if (durationMs === 0) await noteNothingHeard(deps.db, { accountId: attempt.accountId, name });
  return { type: 'RECORDED', name, durationMs, endedBy };
}

/** Records the call from now to its end. A call that is adopted goes on under the name it was begun with. */
export async function recordCall(deps: RecordingDeps, attempt: Attempt, call: VoiceCall): Promise<void> {
  const name = await beginRecording(deps.db, { ...attempt, kind: 'CALL', startedAt: deps.now() });
  await call.recordAll(recordingStem(name));
}
