/**
 * What a do-not-call register (NDNC, NCPR) is to Clarion: a question about many numbers at once. The local
 * table answers it, or a service over HTTP.
 */
import type { RegisterEntry } from '../../domain/register.ts';

export interface RegisterAnswer {
  /** What is said of those of the numbers that are on the register, by E.164 number. */
  entries: Map<string, RegisterEntry[]>;
  /** Which state of the register said so; null while none is loaded. Kept with every scrub. */
  version: string | null;
  /** Numbers about which a service said nothing, so that the failure policy decided. */
  unanswered?: number;
  /** When the oldest of the answers was given, where they are kept for a while. */
  oldest?: Date;
}

export interface DoNotCallRegister {
  /** Kept with every scrub. */
  readonly name: string;
  /** Its answers come from a service and are kept: before a call it must have been asked. Absent: no. */
  readonly asksOutside?: boolean;
  /** @param numbers E.164; a few thousand at a time */
  lookUp(accountId: number, numbers: readonly string[]): Promise<RegisterAnswer>;
}
