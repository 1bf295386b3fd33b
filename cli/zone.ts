/** The account's time zone, in which times without an offset are meant. */
import { answer, type Server } from './server.ts';

/** @returns a function that asks the server once, when first needed; it gives an IANA name */
export function accountZone(server: Server): () => Promise<string> {
  let known: Promise<string> | undefined;
  return () => {
    known ??= answer(server.GET('/accounts/me')).then((account) => account.timeZone);
    return known;
  };
}
