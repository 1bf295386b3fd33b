/** From what a flow says to what a trunk plays: stored prompts get their sound, of those the account may play. */
import type { FindPromptSounds } from '../db/queries/prompt-sounds.ts';
import type { Speech } from '../domain/flow/machine.ts';
import type { Utterance } from '../providers/voice/trunk.ts';

export interface Uttered {
  utterances: Utterance[];
  /** Prompts that were approved when the flow was published and may not be played any more: left out. */
  missing: string[];
}

/** @throws what the look-up throws */
export async function utter(
  find: FindPromptSounds,
  accountId: number,
  speech: readonly Speech[],
): Promise<Uttered> {
  const names = speech.flatMap((part) => (part.kind === 'PROMPT' ? [part.prompt] : []));
  if (names.length === 0) return { utterances: [...speech], missing: [] };
  const sounds = await find(accountId, [...new Set(names)]);
  const utterances = speech.flatMap((part): Utterance[] => {
    if (part.kind === 'TEXT') return [part];
    const sound = sounds.get(part.prompt);
    return sound === undefined ? [] : [{ ...part, sound }];
  });
  return { utterances, missing: names.filter((name) => !sounds.has(name)) };
}
