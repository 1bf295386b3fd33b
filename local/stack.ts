/** The parts that run, the order in which they end, and what the terminal's signals mean. */
import { type Part, type PartOptions, startPart } from './part.ts';
import { processIdentity, starter } from './processes.ts';
import { explain } from './trouble.ts';

/**
 * Who stops taking work goes first, who keeps the data last. Parts of one line end together.
 */
const END_ORDER = [
  ['api'],
  ['worker', 'ingest'],
  ['asterisk'],
  ['phones'],
  ['temporal'],
  ['inbox'],
  ['postgres'],
];

/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const SAME_PRESS_MS = 1000;
const PARENT_CHECK_MS = 1000;

export interface Stack {
  start(options: PartOptions): Promise<void>;
  /** Ends every part in order. */
  stop(): Promise<void>;
  killAll(): void;
  stopping(): boolean;
}

export function createStack(): Stack {
  const parts: Part[] = [];
  let stopping = false;
  return {
    start: async (options) => {
      if (stopping) throw new StoppedWhileStarting();
      await startPart(options, (part) => parts.push(part));
    },
    stop: async () => {
      stopping = true;
      for (const names of END_ORDER) {
        await Promise.all(parts.filter(({ name }) => names.includes(name)).map((part) => part.stop()));
      }
    },
    killAll: () => {
      for (const part of parts) part.kill();
    },
    stopping: () => stopping,
  };
}

/** Thrown to leave a start that a signal has overtaken. */
export class StoppedWhileStarting extends Error {
  override name = 'StoppedWhileStarting';
}

/**
 * Ends the stack once, by whatever comes first: a signal, the end of the npm that started us, or a failure.
 * @param close run after the last part has ended
 */
export function endOnSignals(
  stack: Stack,
  say: (line: string) => void,
  close: () => void,
): (error?: unknown) => void {
  let askedAt = 0;
  const end = (code: number) => {
    askedAt = Date.now();
    void stack.stop().finally(() => {
      close();
      process.exit(code);
    });
  };
  const onSignal = () => {
    if (askedAt === 0) {
      say('Stopping (again to force) ...');
      end(0);
    } else if (Date.now() - askedAt > SAME_PRESS_MS) {
      stack.killAll();
      close();
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  endWithNpm(onSignal);
  return (error) => {
    if (askedAt !== 0) return;
    say(explain(error) ?? unforeseen(error));
    end(1);
  };
}

/** Npm passes signals on, but when it is killed it cannot: then nobody holds this stack any more. */
function endWithNpm(onGone: () => void): void {
  if (!['start', 'telephony'].includes(process.env.npm_lifecycle_event ?? '')) return;
  const npm = starter();
  if (!npm) return;
  const timer = setInterval(() => {
    if (processIdentity(npm.pid) === npm.identity) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  timer.unref();
}

function unforeseen(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
