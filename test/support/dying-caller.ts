/**
 * A process to be killed: places calls on a simulated trunk and leaves them up. Arguments: folder of the
 * record, speed, then one number a call; their attempt ids are `dying-0`, `dying-1`, ... Prints `placed`
 * once all are, and `answered` once all that will answer have.
 */
import { createSimulatedTrunk } from '../../providers/voice/simulated/index.ts';

const [witnessDir = '', speed = '0', ...numbers] = process.argv.slice(2);
const trunk = createSimulatedTrunk({ speed: Number(speed), witnessDir });
const calls = await Promise.all(
  numbers.map((to, n) =>
    trunk.place({
      attemptId: `dying-${n}`,
      to,
      callerId: undefined,
      ringTimeoutMs: 30_000,
      maxCallMs: 3_600_000,
      detectMachine: true,
      awaitGreetingEnd: false,
      priorAttempts: 0,
    }),
  ),
);
console.log('placed');
await Promise.all(calls.map((call) => call.answered()));
console.log('answered');
// A word on standard input: hang up in good order.
process.stdin.once('data', () => void Promise.all(calls.map((call) => call.hangUp())));
setInterval(() => {}, 60_000);
