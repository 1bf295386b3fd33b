/**
 * Attempt ids are derived, never drawn: the same record, attempt number and step always give the same
 * UUID, so a retry after a crash meets its own ledger entry instead of acting again. The id is also the
 * telephone channel's id and travels as `X-Attempt-Id`.
 *
 * Layout, a version 8 UUID (RFC 9562, section 5.8: 122 bits of the application's own choosing):
 *
 *   request id (48 bits) | 8 | attempt number (12) | variant | 0 (14) | row (32) | step (16)
 *
 * The request comes first, so one request's attempts lie together in the ledger's index and new ones are
 * appended at its right-hand edge.
 *
 * Calls that people make to us belong to no request. Their ids are made of a digest of what the trunk calls
 * the call, so an offer seen twice, by two workers or after a restart, is one attempt:
 *
 *   digest (48 bits) | 8 | digest (12) | variant | 1 (14) | digest (32) | step (16)
 *
 * One-time codes that prove a whitelisted number belong to no request either; each code is sent once:
 *
 *   code id (48 bits) | 8 | 0 (12) | variant | 2 (14) | 0 (32) | 0 (16)
 *
 * 92 bits of a digest meet another call's by chance once in 10^12 calls with a likelihood of 10^-4.
 */

/** Which attempt: `attemptNo` counts from 1 for a record; `step` is 0 for the attempt itself, n for the nth thing done from inside it, a message or a second call. */
export interface AttemptKey {
  requestId: number;
  row: number;
  attemptNo: number;
  step: number;
}

const MAX = { requestId: 2 ** 48 - 1, row: 2 ** 32 - 1, attemptNo: 2 ** 12 - 1, step: 2 ** 16 - 1 } as const;

/** Of what is done from inside one call. */
export const MAX_STEP = MAX.step;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** The UUID of an attempt, lower case. Throws RangeError for a part that does not fit its bits. */
export function attemptId(key: AttemptKey): string {
  for (const part of ['requestId', 'row', 'attemptNo', 'step'] as const) {
    if (!Number.isInteger(key[part]) || key[part] < 0 || key[part] > MAX[part]) {
      throw new RangeError(`attempt id: ${part} must be an integer from 0 to ${MAX[part]}, got ${key[part]}`);
    }
  }
  const request = hex(key.requestId, 12);
  const tail = hex(key.row, 8) + hex(key.step, 4);
  return `${request.slice(0, 8)}-${request.slice(8)}-8${hex(key.attemptNo, 3)}-8000-${tail}`;
}

const SHAPE = /^([0-9a-f]{8})-([0-9a-f]{4})-8([0-9a-f]{3})-8000-([0-9a-f]{8})([0-9a-f]{4})$/;

/** The parts of an attempt id, or undefined for a string that is not one. */
export function parseAttemptId(id: string): AttemptKey | undefined {
  const found = SHAPE.exec(id.toLowerCase());
  if (!found) return undefined;
  const [, high, low, attemptNo, row, step] = found as unknown as string[];
  const number = (digits: string | undefined): number => Number.parseInt(digits ?? '', 16);
  return {
    requestId: number(`${high}${low}`),
    attemptNo: number(attemptNo),
    row: number(row),
    step: number(step),
  };
}

/** Digits of a digest that an id of a call to us holds. */
const DIGEST_DIGITS = 23;
const OF_A_CALL_TO_US = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8001-[0-9a-f]{12}$/;

/**
 * The id of a call to us.
 * @param digest of the trunk's name and its id of the call: hexadecimal, 23 digits or more
 */
export function inboundAttemptId(digest: string): string {
  const d = digest.slice(0, DIGEST_DIGITS).toLowerCase();
  if (!/^[0-9a-f]{23}$/.test(d)) throw new RangeError('attempt id: the digest must be 23 hexadecimal digits');
  return `${d.slice(0, 8)}-${d.slice(8, 12)}-8${d.slice(12, 15)}-8001-${d.slice(15)}0000`;
}

/** Whether an id is that of a call to us, or of something sent from inside one. */
export const isInboundAttemptId = (id: string): boolean => OF_A_CALL_TO_US.test(id.toLowerCase());

const OF_A_CODE = /^[0-9a-f]{8}-[0-9a-f]{4}-8000-8002-0{12}$/;

/** The id of the message or call that carries a one-time code. Throws RangeError for an id that does not fit. */
export function codeAttemptId(codeId: number): string {
  if (!Number.isInteger(codeId) || codeId < 1 || codeId > MAX.requestId) {
    throw new RangeError(`attempt id: the code's id must be an integer from 1 to ${MAX.requestId}`);
  }
  const id = hex(codeId, 12);
  return `${id.slice(0, 8)}-${id.slice(8)}-8000-8002-${hex(0, 12)}`;
}

/** Whether an id is that of a message or call that carries a one-time code. */
export const isCodeAttemptId = (id: string): boolean => OF_A_CODE.test(id.toLowerCase());

/**
 * The id of the nth thing done from inside a call, a message or a second call, whichever way the call went.
 * @param callId the call's own attempt id, or that of anything else done from inside it
 * @param step from 1; 0 gives the call's own id. Throws RangeError for one that does not fit, or an id that is no attempt's.
 */
export function stepAttemptId(callId: string, step: number): string {
  if (!Number.isInteger(step) || step < 0 || step > MAX.step) {
    throw new RangeError(`attempt id: step must be an integer from 0 to ${MAX.step}, got ${step}`);
  }
  if (!SHAPE.test(callId.toLowerCase()) && !isInboundAttemptId(callId) && !isCodeAttemptId(callId)) {
    throw new RangeError(`${callId} is not an attempt id`);
  }
  return callId.toLowerCase().slice(0, -4) + hex(step, 4);
}
