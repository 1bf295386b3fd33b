/**
 * What a recording is called and how it may stand. Names are relied on outside: reports, archives and
 * programs of customers find a recording's call by them.
 */

/** CALL: both sides, from the answer to the end. The others are the widgets' recordings of the person alone. */
export const RECORDING_KINDS = ['CALL', 'RECORD', 'PLAY_AND_RECORD'] as const;
export type RecordingKind = (typeof RECORDING_KINDS)[number];

/**
 * RECORDING: not fetched from the trunk yet. STORED: in our storage. EMPTY: nothing was heard, 0 bytes.
 * LOST: the trunk has none.
 */
export const RECORDING_STATUSES = ['RECORDING', 'STORED', 'EMPTY', 'LOST'] as const;
export type RecordingStatus = (typeof RECORDING_STATUSES)[number];

export interface RecordingToName {
  kind: RecordingKind;
  accountId: number;
  flowId: number;
  /** The number shown as calling, in any notation; absent or without a digit where none was shown. */
  cli: string | undefined;
  /** The number that was dialled, in any notation. */
  dnis: string;
  /** Id of the widget that records; only for PLAY_AND_RECORD. */
  widget: string | undefined;
  /** Unix ms. */
  startMs: number;
}

/** Of all names: GSM 06.10, as Asterisk writes it. */
export const RECORDING_ENDING = '.gsm';

/** Longer than any number (E.164: 15 digits), and short enough for the name of a file. */
const MAX_DIGITS = 32;

/** A number in a name: its digits alone, so that it means the same in every notation; `unknown` without any. */
const digitsOf = (number: string | undefined): string =>
  (number ?? '').replace(/\D/g, '').slice(0, MAX_DIGITS) || 'unknown';

/**
 * The file name of a recording: letters, digits, `_` and `-`, then `.gsm`; at most 230 characters. Two that
 * begin in the same millisecond between the same numbers would share a name: whoever keeps them tells them
 * apart by the start.
 */
export function recordingName(given: RecordingToName): string {
  const { accountId, flowId, startMs, widget = '' } = given;
  const numbers = `${digitsOf(given.cli)}_${digitsOf(given.dnis)}`;
  switch (given.kind) {
    case 'CALL':
      return `call_${accountId}_${flowId}_${numbers}_${startMs}${RECORDING_ENDING}`;
    case 'RECORD':
      return `record_${accountId}_${flowId}_${numbers}_${startMs}${RECORDING_ENDING}`;
    case 'PLAY_AND_RECORD':
      // The leading underscore is part of it.
      return `_play_and_record_${accountId}_${flowId}_${numbers}_${widget}_${startMs}${RECORDING_ENDING}`;
  }
}

/** A recording's name without its ending: what trunks are given. */
export const recordingStem = (name: string): string =>
  name.endsWith(RECORDING_ENDING) ? name.slice(0, -RECORDING_ENDING.length) : name;

// GSM 06.10: 33 bytes for each 20 ms.
const FRAME_BYTES = 33;
const FRAME_MS = 20;

/** How long a `.gsm` file of this many bytes plays, in ms. A torn last frame does not count. */
export const gsmDurationMs = (bytes: number): number => Math.floor(bytes / FRAME_BYTES) * FRAME_MS;
