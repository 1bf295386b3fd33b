/**
 * What a do-not-call register (NDNC, NCPR) is to Clarion: a question about many numbers at once. The local
 * table answers it here; a look-up over HTTP may answer it elsewhere.
 */

export interface RegisterAnswer {
  /** Those of the numbers that are on the register. */
  registered: Set<string>;
  /** Which state of the register said so; null while none is loaded. Kept with every scrub. */
  version: string | null;
}

export interface DoNotCallRegister {
  readonly name: string;
  /** @param numbers E.164; a few thousand at a time */
  lookUp(accountId: number, numbers: readonly string[]): Promise<RegisterAnswer>;
}
