/**
 * `npm run bench NAME [-- --size N]`: measures Clarion and its reference in one run, prints a table and, as
 * its last line, JSON with `name clarion reference ratio unit`.
 */
import Table from 'cli-table3';

export interface Measurement {
  clarion: number;
  reference: number;
  /** `s` and `ms` are better when small, others when large. */
  unit: string;
  /** What else was seen, for the table. */
  notes: Record<string, string | number>;
}

/** @param size what it counts is the benchmark's own business; undefined: its usual size */
export type Benchmark = (size: number | undefined) => Promise<Measurement>;

/** Loaded when asked for: a benchmark may bring half the product with it. */
const BENCHMARKS: Record<string, () => Promise<Benchmark>> = {
  ingest: async () => (await import('./ingest.ts')).benchIngest,
  dial: async () => (await import('./dial.ts')).benchDial,
  voice: async () => (await import('./voice.ts')).benchVoice,
  forecast: async () => (await import('./forecast.ts')).benchForecast,
  reports: async () => (await import('./reports.ts')).benchReports,
};

async function main(args: string[]): Promise<void> {
  const name = args[0] ?? '';
  const load = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
  if (!load) throw new Error(`bench: say which of ${Object.keys(BENCHMARKS).join(', ')}`);
  const at = args.indexOf('--size');
  const size = at === -1 ? undefined : Number(args[at + 1]);
  if (size !== undefined && !(Number.isInteger(size) && size > 0)) {
    throw new Error('bench: --size takes a whole number above 0');
  }
  const measured = await (await load())(size);
  const { clarion, reference, unit } = measured;
  const ratio = Number((clarion / reference).toFixed(2));
  const table = new Table({ head: [name, `Clarion (${unit})`, `reference (${unit})`, 'ratio'] });
  table.push(['', clarion, reference, ratio]);
  console.log(table.toString());
  for (const [what, value] of Object.entries(measured.notes)) console.log(`${what}: ${value}`);
  console.log(JSON.stringify({ name, clarion, reference, ratio, unit }));
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
