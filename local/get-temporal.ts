/** Gets the Temporal server ahead of time, so that tests and starts need not wait for it. Prints where it is. */
import { findTemporal } from './temporal-binary.ts';
import { explain } from './trouble.ts';

try {
  console.log(await findTemporal((line) => console.log(line)));
} catch (error) {
  console.error(explain(error) ?? error);
  process.exit(1);
}
