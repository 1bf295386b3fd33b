/** How the command ends: its exit codes, which scripts rely on, and the errors that lead to them. */

export const EXIT = {
  /** All well. For a campaign that was watched: it completed. */
  OK: 0,
  /** The server refused, or the campaign was rejected, cancelled or expired, or the flow has problems. */
  REFUSED: 1,
  /** The command line itself, or a file it names, is wrong. Nothing was sent. */
  USAGE: 2,
  /** The server cannot be reached, or stopped answering. */
  UNREACHABLE: 3,
  /** Ctrl-C. What runs on the server goes on. */
  INTERRUPTED: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error told to the person in `message`, with what to do next in `advice`. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly exitCode: ExitCode;
  readonly advice: string | undefined;
  /** The server's own code and list of faults, for --json. */
  readonly code: string | undefined;
  readonly errors: { field: string; message: string }[];

  constructor(
    exitCode: ExitCode,
    message: string,
    more: { advice?: string; code?: string; errors?: { field: string; message: string }[] } = {},
  ) {
    super(message);
    this.exitCode = exitCode;
    this.advice = more.advice;
    this.code = more.code;
    this.errors = more.errors ?? [];
  }
}

export const usage = (message: string, advice?: string): CommandError =>
  new CommandError(EXIT.USAGE, message, advice === undefined ? {} : { advice });
