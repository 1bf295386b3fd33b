/** Gets the telephony kit ahead of time, so that tests and starts need not wait for it. Prints where it is. */
import { explain } from '../local/trouble.ts';
import { findTelephony } from './kit.ts';

try {
  const kit = await findTelephony((line) => console.log(line));
  console.log(`${kit.dir}: ${kit.version}`);
} catch (error) {
  console.error(explain(error) ?? error);
  process.exit(1);
}
