/**
 * `npm run chaos -- --seed N --faults M [--telephony]`: batters a whole stack and prints what became of
 * everybody. The last line is JSON with `faults attempts lost repeated unknown`. Exit code 1 when anybody was
 * lost or repeated, or anything else is wrong.
 */
import { parseArgs } from 'node:util';
import { runChaos } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    faults: { type: 'string', default: '20' },
    people: { type: 'string' },
    telephony: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const whole = (name: string, text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} takes a whole number`);
  return number;
};
const seed = values.seed === undefined ? Date.now() % 1_000_000 : whole('seed', values.seed);
console.log(`seed ${seed}: the same seed picks the same lists, moments and victims`);
const { injected, attempts, lost, repeated, unknown, ...more } = await runChaos({
  seed,
  faults: whole('faults', values.faults),
  telephony: values.telephony,
  keep: values.keep,
  ...(values.people !== undefined && { people: whole('people', values.people) }),
  say: (line) => console.log(line),
});
for (const { cause, count } of more.unknownCauses) console.log(`unknown, ${count} times: ${cause}`);
if (values.telephony) {
  const { asPressed, notHeard, missed } = more.keys;
  console.log(`calls up at the faults: ${more.callsUp.join(' ')}`);
  console.log(
    `keys pressed: ${asPressed} in the books, ${notHeard} not heard in calls a fault met, ${missed} not heard in others`,
  );
}
for (const fault of more.faults) console.error(fault);
console.log(JSON.stringify({ faults: injected, attempts, lost, repeated, unknown }));
process.exitCode = more.faults.length === 0 ? 0 : 1;
