/**
 * The closed lists of how things end: attempts, rows, files and requests.
 * Every table, reply and report uses these words and no others.
 */

/** How a call attempt ended. */
export const VOICE_OUTCOMES = [
  'ANSWERED',
  'BUSY',
  'NO_ANSWER',
  'DECLINED',
  'INVALID',
  'FAILED',
  'MACHINE',
  'ABANDONED',
  'BLOCKED',
  'CANCELLED',
  'EXPIRED',
  'UNKNOWN',
] as const;
export type VoiceOutcome = (typeof VOICE_OUTCOMES)[number];

/** How an SMS or mail attempt stands. `SENT` is accepted by the provider, not yet receipted. */
export const MESSAGE_OUTCOMES = [
  'SENT',
  'DELIVERED',
  'UNDELIVERED',
  'REJECTED',
  'BOUNCED',
  'COMPLAINED',
  'BLOCKED',
  'CANCELLED',
  'EXPIRED',
  'UNKNOWN',
] as const;
export type MessageOutcome = (typeof MESSAGE_OUTCOMES)[number];

export type Outcome = VoiceOutcome | MessageOutcome;

/** Every outcome once, voice first. The database's `outcome` type is made from this list. */
export const OUTCOMES = [
  ...VOICE_OUTCOMES,
  'SENT',
  'DELIVERED',
  'UNDELIVERED',
  'REJECTED',
  'BOUNCED',
  'COMPLAINED',
] as const satisfies readonly Outcome[];

/** What became of one row of a list. A row gets the first that applies, in this order, after `ACCEPTED`. */
export const ROW_RESULTS = [
  'ACCEPTED',
  'MALFORMED_ROW',
  'MISSING_NUMBER',
  'INVALID_NUMBER',
  'DUPLICATE',
  'BLACKLISTED',
  'DO_NOT_CALL',
  'MISSING_VARIABLE',
  'TOO_LATE',
] as const;
export type RowResult = (typeof ROW_RESULTS)[number];

/** Why a whole file was turned away. */
export const FILE_REJECTIONS = [
  'NOT_CSV',
  'NO_PHONE_COLUMN',
  'EMPTY_FILE',
  'FILE_TOO_LARGE',
  'ZIP_TOO_LARGE',
  'ZIP_UNSAFE',
  'BAD_ENCODING',
  'FLOW_NOT_RUNNABLE',
] as const;
export type FileRejection = (typeof FILE_REJECTIONS)[number];

export const REQUEST_STATUSES = [
  'RECEIVED',
  'SCHEDULED',
  'IN_PROCESS',
  'PAUSED',
  'COMPLETED',
  'CANCELLED',
  'EXPIRED',
  'REJECTED',
] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** Statuses a request never leaves. */
export const FINAL_STATUSES = ['COMPLETED', 'CANCELLED', 'EXPIRED', 'REJECTED'] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

export function isFinal(status: RequestStatus): status is FinalStatus {
  return (FINAL_STATUSES as readonly string[]).includes(status);
}

/** Where a request's people came from. `test` is one whitelisted number, and counts in no statistics. */
export const REQUEST_SOURCES = [
  'upload',
  'records',
  'call',
  'message',
  'retry',
  'clone',
  'test',
  'email',
] as const;
export type RequestSource = (typeof REQUEST_SOURCES)[number];

export const FLOW_TYPES = ['outbound', 'dialer', 'inbound', 'notification'] as const;
export type FlowType = (typeof FLOW_TYPES)[number];

/** By what an attempt reaches a person. Never called "channel": Asterisk and Slack own that word. */
export const MEDIA = ['voice', 'sms', 'email'] as const;
export type Medium = (typeof MEDIA)[number];

/** Who began an attempt: we (`out`), or the person who called us (`in`). */
export const DIRECTIONS = ['out', 'in'] as const;
export type Direction = (typeof DIRECTIONS)[number];
