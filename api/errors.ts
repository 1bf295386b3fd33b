/**
 * Everything that can go wrong, in one table: each code has one status and one title, wherever it is thrown.
 * Replies are RFC 9457 problems. What is not in the table is a fault of ours: it is logged in full under a
 * reference, and the caller is told the reference and nothing else.
 */
import { randomUUID } from 'node:crypto';
import { z } from '@hono/zod-openapi';

export const ERRORS = {
  MALFORMED_BODY: { status: 400, title: 'The body cannot be read' },
  ACCOUNT_REQUIRED: { status: 400, title: 'Name the account in X-Account-Id' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in, or send a valid API key as Authorization: Bearer' },
  SIGN_IN_REFUSED: { status: 401, title: 'Email and password do not fit' },
  CODE_REFUSED: { status: 401, title: 'The code is not right' },
  SIGN_IN_EXPIRED: { status: 401, title: 'Begin to sign in again' },
  CROSS_SITE: { status: 403, title: 'Another site made this call' },
  NO_ACCOUNT: { status: 403, title: 'There is no account to act for' },
  SESSION_ONLY: { status: 403, title: 'Only people may do this' },
  MISSING_SCOPE: { status: 403, title: 'The caller lacks a scope' },
  WRONG_ACCOUNT: { status: 403, title: 'The key belongs to another account' },
  OPERATIONS_ONLY: { status: 403, title: 'Only operations may do this' },
  ADDRESS_NOT_ALLOWED: { status: 403, title: 'Calls from this address are not allowed' },
  DOMAIN_NOT_ALLOWED: { status: 403, title: 'Calls from this domain are not allowed' },
  NOT_FOUND: { status: 404, title: 'There is no such thing' },
  RECORDING_LOST: { status: 404, title: 'There is no audio of the recording' },
  USER_EXISTS: { status: 409, title: 'The person belongs to the account already' },
  LAST_OWNER: { status: 409, title: 'An account keeps an owner' },
  NAME_TAKEN: { status: 409, title: 'The name is in use' },
  IDEMPOTENCY_IN_PROGRESS: { status: 409, title: 'The first request with this key is still being answered' },
  REQUEST_ENDED: { status: 409, title: 'The request has ended' },
  REQUEST_CANCELLING: { status: 409, title: 'The request is being cancelled' },
  REQUEST_ALREADY_PAUSED: { status: 409, title: 'The request is paused already' },
  REQUEST_NOT_PAUSED: { status: 409, title: 'The request is not paused' },
  REQUEST_NOT_OPEN: { status: 409, title: 'The request takes no more records' },
  REQUEST_NOT_ENDED: { status: 409, title: 'The request has not ended' },
  NOTHING_TO_RETRY: { status: 409, title: 'No record of the request failed' },
  ALREADY_RETRIED: { status: 409, title: 'An earlier retry calls these people again already' },
  NOTHING_TO_CLONE: { status: 409, title: 'The request has no such rows' },
  LIST_NOT_READ: { status: 409, title: 'The list of the request is still being read' },
  IS_A_TEST: { status: 409, title: 'The request is a test call' },
  REQUEST_FULL: { status: 409, title: 'The request has as many records as it may' },
  PROMPT_IN_USE: { status: 409, title: 'A flow plays the prompt' },
  TOO_MANY_PROMPTS: { status: 409, title: 'The account has as many prompts as it may' },
  RECORDING_NOT_READY: { status: 409, title: 'The recording is not in storage yet' },
  RECORDING_EMPTY: { status: 409, title: 'Nothing was heard in the recording' },
  FLOW_CHANGED: { status: 409, title: 'Somebody changed the flow meanwhile' },
  FLOW_NOT_PUBLISHED: { status: 409, title: 'The flow has no such published version' },
  ENDPOINT_TAKEN: { status: 409, title: 'The endpoint belongs to another trunk' },
  CALENDAR_IN_USE: { status: 409, title: 'A request that runs keeps the calendar' },
  TRUNK_IN_USE: { status: 409, title: 'The trunk is in use' },
  NUMBER_TAKEN: { status: 409, title: 'The number is in use' },
  TOO_MANY_DIDS: { status: 409, title: 'The account has as many numbers as it may' },
  NO_CODE: { status: 409, title: 'There is no code that can be entered' },
  TOO_MANY_ENTRIES: { status: 409, title: 'The list has as many entries as it may' },
  MAIL_IN_OFF: { status: 409, title: 'No mail is taken here' },
  TOO_MANY_TRUNKS: { status: 409, title: 'The account has as many trunks as it may' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The content type is not taken here' },
  INVALID_INPUT: { status: 422, title: 'The input is not valid' },
  UNKNOWN_FLOW: { status: 422, title: 'There is no such flow' },
  FLOW_NOT_RUNNABLE: { status: 422, title: 'The flow cannot be run' },
  FLOW_HAS_PROBLEMS: { status: 422, title: 'The flow has problems' },
  NOT_WHITELISTED: { status: 422, title: 'The address is not whitelisted' },
  WRONG_CODE: { status: 422, title: 'The code is not the one that was sent' },
  CONFIRM_NEEDED: { status: 422, title: 'This needs confirm: true' },
  NOT_AUDIO: { status: 422, title: 'The file is no sound that can be used' },
  TOO_MANY_FILES: { status: 422, title: 'Too many files' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The key was used for another request' },
  MALFORMED_ROW: { status: 422, title: 'The record cannot be read' },
  MISSING_NUMBER: { status: 422, title: 'There is no number' },
  INVALID_NUMBER: { status: 422, title: 'The number is not valid' },
  DUPLICATE: { status: 422, title: 'The number is in the request already' },
  BLACKLISTED: { status: 422, title: 'The number is blacklisted' },
  DO_NOT_CALL: { status: 422, title: 'The number is in the do-not-call register' },
  MISSING_VARIABLE: { status: 422, title: 'A variable of the flow is missing' },
  TOO_LATE: { status: 422, title: 'There is no time left to call' },
  LINK_SPENT: { status: 422, title: 'The link is used up or too old' },
  WRONG_PASSWORD: { status: 422, title: 'The password is not right' },
  TOO_MANY_TRIES: { status: 429, title: 'Too many tries' },
  TOO_MANY_STREAMS: { status: 429, title: 'Too many streams are open' },
  TOO_MANY_CODES: { status: 429, title: 'Too many codes have been asked for' },
  INTERNAL: { status: 500, title: 'Something went wrong on our side' },
  PROOF_TOO_LONG: { status: 503, title: 'The proof takes too long' },
  HOLIDAY_DATA_MISSING: { status: 503, title: 'Public holidays are not installed here' },
  STORAGE_UNAVAILABLE: { status: 503, title: 'Uploads cannot be stored right now' },
} as const;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** One field, row or rule at fault. */
export interface FieldError {
  field: string;
  message: string;
}

/** An answer other than the one hoped for. `detail` is a sentence for a person. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly code: ErrorCode;
  readonly errors: FieldError[];
  readonly headers: Record<string, string>;

  constructor(
    code: ErrorCode,
    detail: string,
    errors: FieldError[] = [],
    headers: Record<string, string> = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }
}

/** The thing is not there, or is another account's: the two look the same from outside. */
export const notFound = (what: string): ApiError => new ApiError('NOT_FOUND', `There is no such ${what}.`);

/** INVALID_INPUT about one field. */
export const invalid = (field: string, message: string): ApiError =>
  new ApiError('INVALID_INPUT', `${field}: ${message}`, [{ field, message }]);

export const problem = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(ERROR_CODES),
    detail: z.string().openapi({ description: 'What is wrong, as a sentence for a person.' }),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: 'Each field or row at fault.' }),
    reference: z
      .string()
      .optional()
      .openapi({ description: 'For INTERNAL: quote it to operations, who find the cause by it.' }),
  })
  .openapi('Problem');

/** Of a value that may have several shapes, the faults by the shape it comes closest to: where they lie deepest. */
function faultsOf(issue: z.core.$ZodIssue, above: string[], at: string | undefined): FieldError[] {
  const path = [...above, ...issue.path.map(String)];
  const field = (parts: string[]): string => parts.join('.') || (at ?? 'body');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: field([...path, key]), message: 'is not a known field' }));
  }
  if (issue.code === 'invalid_union' && issue.message === 'Invalid input') {
    const depth = (issues: z.core.$ZodIssue[]): number =>
      Math.max(0, ...issues.map((one) => one.path.length));
    const [closest] = [...issue.errors].sort((a, b) => depth(b) - depth(a));
    if (closest && depth(closest) > 0) return closest.flatMap((one) => faultsOf(one, path, at));
  }
  return [{ field: field(path), message: issue.message }];
}

/** INVALID_INPUT that names every field a schema found fault with. `at` is where the value lies, such as `query`. */
export function fromZod(error: z.ZodError, at?: string): ApiError {
  const errors = error.issues.flatMap((issue) => faultsOf(issue, [], at));
  const first = errors[0];
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new ApiError('INVALID_INPUT', `${first?.field}: ${first?.message}${more}`, errors.slice(0, 100));
}

/** The reply to an error. `reference` is given for faults of ours alone. */
export function problemResponse(error: ApiError, reference?: string): Response {
  const { status, title } = ERRORS[error.code];
  const body: z.output<typeof problem> = {
    type: 'about:blank',
    title,
    status,
    code: error.code,
    detail: error.message,
    ...(error.errors.length > 0 && { errors: error.errors }),
    ...(reference !== undefined && { reference }),
  };
  return Response.json(body, {
    status,
    headers: { ...error.headers, 'content-type': 'application/problem+json' },
  });
}

/** The reply to a fault of ours, and the reference under which the caller of this logs it. */
export function internalProblem(): { response: Response; reference: string } {
  const reference = randomUUID();
  const error = new ApiError('INTERNAL', 'It has been logged. Ask operations about the reference.');
  return { response: problemResponse(error, reference), reference };
}
