/** `--spread-over`: a length of permitted time, or a moment. */
import { usage } from './exit.ts';
import { startMoment } from './moments.ts';

const LENGTH = /^(\d{1,4}(?:\.\d{1,3})?)(h|m)$/;
const MOMENT = /^(\d{4}-|\+)/;

/** What the option says about itself. */
export const SPREAD_HELP = 'lay first calls evenly over so much permitted time (6h, 90m), or until a time';

/** @throws CommandError USAGE */
export function readSpread(text: string, now: Date): { hours: number } | { until: string } {
  const given = text.trim();
  const length = LENGTH.exec(given);
  if (length) return { hours: Number(length[1]) / (length[2] === 'h' ? 1 : 60) };
  if (MOMENT.test(given)) return { until: startMoment('--spread-over', given, now) };
  throw usage(
    `--spread-over "${text}" is neither a length nor a time`,
    'Write 6h, 90m or "2026-01-31 18:00".',
  );
}
