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
 */

/** Which attempt: `attemptNo` counts from 1 for a record; `step` is 0 for the attempt itself, n for the nth message sent from inside it. */
export interface AttemptKey {
  requestId: number;
  row: number;
  attemptNo: number;
  step: number;
}

const MAX = { requestId: 2 ** 48 - 1, row: 2 ** 32 - 1, attemptNo: 2 ** 12 - 1, step: 2 ** 16 - 1 } as const;

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
