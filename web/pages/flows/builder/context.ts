/** What every part of the builder knows and may do. */
import { createContext, useContext } from 'react';
import type { Flow } from '../../../../client/index.ts';
import type { FlowProblem } from '../../../../domain/flow/problem.ts';
import type { Draft, Exit, Place } from './draft.ts';

/** Where a new widget is to go. */
export interface Adding {
  from?: Exit | undefined;
  place?: Place | undefined;
}

export interface Builder {
  flow: Flow;
  draft: Draft;
  problems: readonly FlowProblem[];
  /** Of `$flow.key.*`. */
  variables: readonly string[];
  /** Of `$user.key.*`. */
  userKeys: readonly string[];
  /** Approved ones; undefined until they are known. */
  promptNames: readonly string[] | undefined;
  isReadOnly: boolean;
  selected: readonly string[];
  /** A widget to be shown and its form to be gone to; counts, so that the same one can be asked for again. */
  jump: { id: string; count: number; toForm: boolean } | undefined;
  /** @param of the field that is typed in: its letters are undone together */
  edit(draft: Draft, of?: string): void;
  select(ids: readonly string[]): void;
  jumpTo(id: string, toForm?: boolean): void;
  /** Asks which widget to add. */
  ask(adding: Adding): void;
  /** Adds one, shows it, and gives its id. */
  add(type: string, adding: Adding): string;
  remove(ids: readonly string[]): void;
}

const BuilderContext = createContext<Builder | undefined>(undefined);
export const BuilderProvider = BuilderContext.Provider;

/** @throws Error outside of a builder */
export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error('there is no builder around this');
  return builder;
}
