/** Undo and redo: every draft there was, with typing in one field as one step. */
import type { Draft } from './draft.ts';

export interface History {
  readonly past: readonly Draft[];
  readonly present: Draft;
  readonly future: readonly Draft[];
  /** What the last change was of: further typing there within a moment belongs to the same step. */
  readonly last?: { of: string; at: number } | undefined;
}

export type Step =
  /** `of`: the field that is typed in; without it each change is a step of its own. `at` in Unix ms. */
  | { type: 'edit'; draft: Draft; of?: string | undefined; at: number }
  | { type: 'undo' }
  | { type: 'redo' }
  /** What the server has, with nothing before it. */
  | { type: 'load'; draft: Draft };

const STEPS_KEPT = 200;
const ONE_STEP_MS = 1500;

export const begin = (draft: Draft): History => ({ past: [], present: draft, future: [] });

export function take(history: History, step: Step): History {
  const { past, present, future, last } = history;
  if (step.type === 'load') return begin(step.draft);
  if (step.type === 'undo') {
    const before = past.at(-1);
    if (!before) return history;
    return { past: past.slice(0, -1), present: before, future: [present, ...future] };
  }
  if (step.type === 'redo') {
    const [after, ...rest] = future;
    if (!after) return history;
    return { past: [...past, present], present: after, future: rest };
  }
  if (step.draft === present) return history;
  const goesOn = step.of !== undefined && last?.of === step.of && step.at - last.at < ONE_STEP_MS;
  return {
    past: goesOn ? past : [...past, present].slice(-STEPS_KEPT),
    present: step.draft,
    future: [],
    last: step.of === undefined ? undefined : { of: step.of, at: step.at },
  };
}
