/**
 * Why somebody was contacted, was not, or would not be: every rule of `turn.ts` asked by itself, and which of them
 * decides. Not a second copy of the rules: `decideTurn` and `decideStep` walk the same list.
 */
import {
  type AttemptFacts,
  decideStep,
  decideTurn,
  judge,
  type Loads,
  PERSON_RULE_NAMES,
  RULE_NAMES,
  type RuleName,
  type StepTurn,
  type Turn,
  type Verdict,
} from './turn.ts';
import { nextOpening } from './window.ts';

/**
 * `DUE` is asked where pages are filled and not when an attempt is reserved: who is not due is not offered to the
 * rules of `turn.ts` at all. So it is told here, and is none of theirs.
 */
export const EXPLAINED_RULES = RULE_NAMES.flatMap((rule) =>
  rule === 'REQUEST' ? ([rule, 'DUE'] as const) : ([rule] as const),
);
export type ExplainedRuleName = RuleName | 'DUE';

export interface Question {
  facts: AttemptFacts;
  /** Before this, Unix ms, the record's next attempt is not due. Absent: it is, or when it was is not known. */
  dueAt?: number | undefined;
  /** Absent where room and pace are not known: they are of the present moment alone. */
  loads?: Loads | undefined;
  /** Unix ms. */
  at: number;
  /** RECORD: the next attempt of a record. FLOW: of anybody's list, so no request or record stands behind it. STEP: a message from inside a call. */
  about: 'RECORD' | 'FLOW' | 'STEP';
}

export interface ExplainedRule {
  rule: ExplainedRuleName;
  answer: Verdict['answer'];
  /** The first that does not pass. */
  decides: boolean;
  turn?: Turn | undefined;
}

/** Lines without limits: what `decideTurn` is given where only the rules before the last are in question. */
const NO_LOADS: Loads = {
  flow: { inProgress: 0, nextAt: 0 },
  account: { inProgress: 0, nextAt: 0 },
  accountLimit: { maxInProgress: 1, perSecond: 1 },
  lines: [],
};

/** Rules of a request and its record, which a flow by itself has not. */
const OF_RECORDS: readonly RuleName[] = ['LEDGER', 'RECORD', 'REQUEST'];

function applies(rule: RuleName, { about, loads }: Question): boolean {
  if (about === 'STEP') return (PERSON_RULE_NAMES as readonly RuleName[]).includes(rule);
  if (rule === 'ROOM') return loads !== undefined;
  return about === 'RECORD' || !OF_RECORDS.includes(rule);
}

function verdictOf(rule: ExplainedRuleName, question: Question, loads: Loads): Verdict {
  const { facts, about, dueAt, at } = question;
  if (rule === 'DUE') {
    if (about !== 'RECORD' || dueAt === undefined) return { answer: 'NOT_APPLICABLE' };
    return { answer: dueAt > at ? 'LATER' : 'PASS' };
  }
  return applies(rule, question) ? judge(rule, facts, loads, at) : { answer: 'NOT_APPLICABLE' };
}

/** Every rule in the order in which it counts, those that do not apply included. */
export function explain(question: Question): ExplainedRule[] {
  const { loads = NO_LOADS } = question;
  let decided = false;
  return EXPLAINED_RULES.map((rule) => {
    const verdict = verdictOf(rule, question, loads);
    const decides = !decided && (verdict.answer === 'BLOCK' || verdict.answer === 'LATER');
    decided ||= decides;
    return { rule, answer: verdict.answer, decides, turn: verdict.turn };
  });
}

/** What the engine would do with the same facts: for tests, and for whoever wants the decision alone. */
export const decide = ({ facts, loads = NO_LOADS, at, about }: Question): Turn | StepTurn =>
  about === 'STEP' ? decideStep(facts, at) : decideTurn(facts, loads, at);

/** Hours, the register's preferences and the limits on contacts take turns; a week of them is more than any needs. */
const MOST_ROUNDS = 200;

export type NextContact =
  | { kind: 'AT'; at: number }
  /** No time will do, as this rule says. */
  | { kind: 'NEVER'; rule: ExplainedRuleName };

/**
 * From when on the person may be contacted, by the rules that time alone changes. Room on the lines is not foretold.
 * @param from not before, Unix ms
 */
export function nextContact(question: Question, from = question.at): NextContact {
  const { facts, about, dueAt } = question;
  let at = about === 'RECORD' ? Math.max(from, dueAt ?? from) : from;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (about !== 'STEP') {
      const opening = nextOpening(facts.policy, facts, at);
      if (opening === undefined) return { kind: 'NEVER', rule: 'HOURS' };
      at = opening;
    }
    const verdicts = explain({ facts, at, about });
    const never = verdicts.find(({ answer }) => answer === 'BLOCK');
    if (never) return { kind: 'NEVER', rule: never.rule };
    const later = verdicts.find(({ turn }) => turn?.kind === 'LATER')?.turn;
    if (later?.kind !== 'LATER') return { kind: 'AT', at };
    at = later.at;
  }
  return { kind: 'NEVER', rule: 'HOURS' };
}
