/**
 * One simulated run of a request on a virtual clock. It is the real run with its waiting left out: hours, pace,
 * lines and retries are decided by the engine's own functions, and rows are walked through in pages and passes
 * as its workflows do. What people do is drawn from a world that the evidence allows.
 */
import { type FrequencyLimits, hasLimits, judgeFrequency } from '../frequency.ts';
import type { Outcome } from '../outcome.ts';
import { nextLook } from '../paging.ts';
import { nextStep } from '../retry.ts';
import { callCost, type TariffRate } from '../tariff.ts';
import {
  type Behaviour,
  CALL_OUTCOMES,
  type CallOutcome,
  drawLength,
  drawWorld,
  situationAfter,
  type World,
} from './behaviour.ts';
import { pick, type Random } from './chance.ts';
import { type Cohort, type Crowd, lineUp, situationNumber } from './crowd.ts';
import { drawMachine, type Machine } from './facts.ts';
import { Gates } from './gates.ts';
import { Heap } from './heap.ts';
import type { ForecastPolicy } from './open-hours.ts';
import { RunRecord, type RunResult } from './run-record.ts';

/** Sees every attempt as it begins: for tests that hold the simulation to the rules. */
export type Watcher = (attempt: {
  person: number;
  cohort: number;
  attemptNo: number;
  at: number;
  endsAt: number;
  inProgress: number;
}) => void;

/** When each of the people of one place is planned, Unix ms, in the order of the list. */
export interface Turns {
  momentOf: (turn: number) => number;
}

export interface RunInput {
  crowd: Crowd;
  policy: ForecastPolicy;
  frequency: FrequencyLimits;
  behaviour: Behaviour;
  rates: readonly TariffRate[];
  /** Unix ms: the first attempt may not begin before. */
  from: number;
  endAt: number | null;
  /** The turns of each cohort's people; cohorts of one place share them. Absent: everybody at once. */
  planned?: readonly (Turns | undefined)[] | undefined;
  random: Random;
  watch?: Watcher | undefined;
}

/** Charged from the answer on: somebody or something picked up. */
const CHARGED: readonly CallOutcome[] = ['ANSWERED', 'MACHINE'];

interface Page {
  first: number;
  last: number;
  /** People of this pass who have not been handed over yet, last first. */
  waiting: number[];
  inFlight: number;
  stopped: boolean;
}

/** What an event is about: its kind in the lowest two bits, a page or a person above. */
const LOOK = 0;
const PASS = 1;
const CALL_END = 2;
const SERVE = 3;

export class Run {
  readonly #input: RunInput;
  readonly #world: World;
  readonly #events = new Heap();
  /** Pages that wait for their time. */
  readonly #calendar = new Heap();
  readonly #pages: Page[] = [];
  #runningPages = 0;
  /** People at the turnstile, first come, first served. */
  #queue: number[] = [];
  #served = 0;
  #nextLook = Number.POSITIVE_INFINITY;
  #serveAt = Number.POSITIVE_INFINITY;

  readonly #cohortOf: Uint32Array;
  readonly #attempts: Uint8Array;
  readonly #situation: Uint8Array;
  readonly #dueAt: Float64Array;
  readonly #ended: Uint8Array;
  readonly #outcome: Uint8Array;
  /** Of calls in progress: the place of the line each is on. */
  readonly #lineOf: Uint8Array;

  readonly #gates: Gates;
  /** When each person was called, where there are limits on how often that may be. */
  readonly #contacts: Map<number, number[]> | undefined;
  readonly #delays: Machine['delays'];
  readonly #result: RunRecord;
  #left: number;

  constructor(input: RunInput) {
    this.#input = input;
    const { crowd, behaviour, random, from } = input;
    this.#world = drawWorld(behaviour, random);
    const { delays, callsPerSecond } = drawMachine(random);
    this.#delays = delays;
    this.#gates = new Gates(crowd, callsPerSecond / crowd.weight, input.policy.trunk);
    this.#cohortOf = lineUp(crowd, random);
    const people = this.#cohortOf.length;
    this.#left = people;
    this.#attempts = new Uint8Array(people);
    this.#situation = new Uint8Array(people);
    this.#dueAt = new Float64Array(people);
    this.#ended = new Uint8Array(people);
    this.#outcome = new Uint8Array(people);
    this.#lineOf = new Uint8Array(people);
    this.#contacts = hasLimits(input.frequency) ? new Map() : undefined;
    this.#result = new RunRecord(from);
    this.#seat();
  }

  /** Lets the virtual clock run until nobody is left, or the request's end time ends it. */
  run(): RunResult {
    const { from, endAt } = this.#input;
    let now = from + this.#delays.begin;
    this.#lookAt(now);
    while (this.#left > 0 && this.#events.size > 0) {
      const moment = this.#events.moment;
      if (endAt !== null && moment >= endAt && this.#gates.inProgress === 0) break;
      const event = this.#events.pop() ?? 0;
      now = moment;
      this.#handle(event, now, endAt !== null && now >= endAt);
    }
    if (this.#left > 0) {
      // Only an end time leaves anybody: whoever no hour ever allows has no part in this.
      this.#end('EXPIRED', this.#left, Math.max(now, endAt ?? now));
      now = Math.max(now, endAt ?? now);
    }
    this.#result.finishedAt = now + this.#delays.close;
    return this.#result;
  }

  #handle(event: number, now: number, over: boolean): void {
    const about = event >> 2;
    switch (event & 3) {
      case LOOK:
        if (now >= this.#nextLook) this.#nextLook = Number.POSITIVE_INFINITY;
        if (!over) this.#startPages(now);
        break;
      case PASS:
        if (!over) this.#beginPass(about, now);
        break;
      case CALL_END:
        this.#endCall(about, now, over);
        break;
      default:
        if (now >= this.#serveAt) this.#serveAt = Number.POSITIVE_INFINITY;
        if (!over) this.#serve(now);
    }
  }

  /** Everybody on a page, with what is known of them; calls that are in progress go on. */
  #seat(): void {
    const { crowd, from } = this.#input;
    const people = this.#cohortOf.length;
    const taken = new Map<Turns, number>();
    for (let person = 0; person < people; person += 1) {
      const place = this.#cohortOf[person] ?? 0;
      const cohort = crowd.cohorts[place];
      if (!cohort) continue;
      const turns = cohort.group.attempts === 0 ? this.#input.planned?.[place] : undefined;
      const turn = turns === undefined ? 0 : (taken.get(turns) ?? 0);
      if (turns !== undefined) taken.set(turns, turn + 1);
      this.#attempts[person] = cohort.group.attempts;
      this.#situation[person] = cohort.situation;
      this.#dueAt[person] = Math.max(cohort.group.dueAt ?? turns?.momentOf(turn) ?? 0, this.#freeAt(cohort));
      if (cohort.group.contacts) this.#contacts?.set(person, [...cohort.group.contacts]);
    }
    for (let first = 0; first < people; first += crowd.pageRows) {
      const last = Math.min(people, first + crowd.pageRows) - 1;
      const page: Page = { first, last, waiting: [], inFlight: 0, stopped: false };
      const place = this.#pages.push(page) - 1;
      for (let person = first; person <= last; person += 1) {
        if (crowd.cohorts[this.#cohortOf[person] ?? 0]?.group.inCall) this.#goOn(person, page, from);
      }
      if (page.inFlight > 0) this.#runningPages += 1;
      else this.#calendar.push(0, place);
    }
  }

  /** From when the limits let people be called who were called before: once they do, they do until the next call. */
  #freeAt(cohort: Cohort): number {
    const { frequency, from } = this.#input;
    const { contacts = [] } = cohort.group;
    if (!this.#contacts || contacts.length === 0) return 0;
    cohort.freeAt ??= judgeFrequency(frequency, contacts, cohort.hours.zones, from).nextAt ?? 0;
    return cohort.freeAt;
  }

  /** A call that had begun before the forecast: as long as any other, from now on. */
  #goOn(person: number, page: Page, now: number): void {
    page.inFlight += 1;
    // Its attempt is counted already; its outcome is drawn as for that attempt.
    this.#attempts[person] = (this.#attempts[person] ?? 1) - 1;
    this.#begin(person, now, false);
  }

  #startPages(now: number): void {
    const { pagesAtOnce } = this.#input.crowd;
    while (this.#runningPages < pagesAtOnce && this.#calendar.moment <= now) {
      const page = this.#calendar.pop() ?? 0;
      this.#runningPages += 1;
      this.#events.push(now + this.#delays.pass, (page << 2) | PASS);
    }
    if (this.#runningPages < pagesAtOnce && this.#calendar.size > 0)
      this.#lookAt(Math.max(now + 1, this.#calendar.moment));
  }

  /** Has the calendar looked at, unless that happens sooner anyway. */
  #lookAt(at: number): void {
    if (at >= this.#nextLook) return;
    this.#nextLook = at;
    this.#events.push(at, LOOK);
  }

  /** When a person may next be called, not before `now`. */
  #callableAt(person: number, now: number): number {
    const hours = this.#input.crowd.cohorts[this.#cohortOf[person] ?? 0]?.hours;
    const due = Math.max(now, this.#dueAt[person] ?? 0);
    const open = hours?.from(due);
    return open === undefined ? Number.POSITIVE_INFINITY : Math.max(due, open.from);
  }

  #beginPass(place: number, now: number): void {
    const page = this.#pages[place];
    if (!page) return;
    page.stopped = false;
    page.waiting = [];
    for (let person = page.last; person >= page.first; person -= 1) {
      if (!this.#ended[person] && this.#callableAt(person, now) <= now) page.waiting.push(person);
    }
    for (let lane = 0; lane < this.#input.crowd.lanes && page.waiting.length > 0; lane += 1)
      this.#handOver(page);
    if (page.inFlight === 0) this.#endPass(place, page, now);
    else this.#serve(now);
  }

  #handOver(page: Page): void {
    const person = page.waiting.pop();
    if (person === undefined) return;
    page.inFlight += 1;
    this.#queue.push(person);
  }

  #endPass(place: number, page: Page, now: number): void {
    const times: number[] = [];
    let dueNow = false;
    for (let person = page.first; person <= page.last; person += 1) {
      if (this.#ended[person]) continue;
      const at = this.#callableAt(person, now);
      if (at <= now) dueNow = true;
      else if (at < Number.POSITIVE_INFINITY) times.push(at);
    }
    this.#runningPages -= 1;
    const dueAt = dueNow ? now : nextLook(times, now);
    if (dueAt !== undefined) this.#calendar.push(dueAt, place);
    this.#lookAt(now + this.#delays.pass);
  }

  /** Lets through whoever may begin. */
  #serve(now: number): void {
    while (this.#served < this.#queue.length) {
      const person = this.#queue[this.#served] ?? 0;
      const hours = this.#input.crowd.cohorts[this.#cohortOf[person] ?? 0]?.hours;
      if (!hours?.isOpen(now)) {
        this.#served += 1;
        const page = this.#pageOf(person);
        page.stopped = true;
        this.#leave(person, now);
        continue;
      }
      const waitMs = this.#gates.wait(now);
      if (waitMs > 0) {
        const at = now + waitMs;
        if (at < this.#serveAt && at < Number.POSITIVE_INFINITY) {
          this.#serveAt = at;
          this.#events.push(at, SERVE);
        }
        break;
      }
      this.#served += 1;
      this.#begin(person, now, true);
    }
    if (this.#served > 4_096 && this.#served * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#served);
      this.#served = 0;
    }
  }

  #begin(person: number, now: number, counted: boolean): void {
    const { watch } = this.#input;
    this.#lineOf[person] = this.#gates.take(now);
    // A call that goes on is among the contacts that were brought.
    if (counted) this.#contacts?.set(person, [...(this.#contacts.get(person) ?? []), now]);
    this.#attempts[person] = (this.#attempts[person] ?? 0) + 1;
    const endsAt = now + this.#call(person);
    this.#events.push(endsAt + this.#delays.turnover, (person << 2) | CALL_END);
    this.#result.peak = Math.max(this.#result.peak, this.#gates.inProgress);
    if (!counted) return;
    this.#result.begun(now);
    watch?.({
      person,
      cohort: this.#cohortOf[person] ?? 0,
      attemptNo: this.#attempts[person] ?? 0,
      at: now,
      endsAt,
      inProgress: this.#gates.inProgress,
    });
  }

  /** Draws how the call ends and what it costs. @returns how long it lasts, ms */
  #call(person: number): number {
    const { crowd, behaviour, random, rates } = this.#input;
    const group = crowd.cohorts[this.#cohortOf[person] ?? 0]?.group;
    const known = group?.script[(this.#attempts[person] ?? 1) - 1 - group.attempts];
    const chances = this.#world.probabilities[this.#situation[person] ?? 0] ?? [];
    const place = known === undefined ? pick(chances, random) : CALL_OUTCOMES.indexOf(known);
    if (known === undefined) this.#result.drawn += 1;
    const outcome = CALL_OUTCOMES[place] ?? 'UNKNOWN';
    this.#outcome[person] = place;
    const lengths = behaviour.durations[outcome];
    const stretch = this.#world.stretch[place] ?? 1;
    const talkMs = drawLength(lengths.talkMs, random) * stretch;
    if (CHARGED.includes(outcome)) {
      this.#result.answered += 1;
      const rate = group && group.rate >= 0 ? rates[group.rate] : undefined;
      if (rate) this.#result.costMicros += callCost(rate, talkMs);
    }
    return (drawLength(lengths.ringMs, random) * stretch + talkMs) * crowd.stretch;
  }

  #endCall(person: number, now: number, over: boolean): void {
    this.#gates.free(this.#lineOf[person] ?? 0);
    const outcome = CALL_OUTCOMES[this.#outcome[person] ?? 0] ?? 'UNKNOWN';
    const settledAt = now - this.#delays.turnover;
    const next = nextStep(this.#input.policy, outcome, this.#attempts[person] ?? 1, new Date(settledAt));
    if (next.kind === 'ENDED') {
      this.#ended[person] = 1;
      this.#end(outcome, 1, now);
    } else {
      this.#dueAt[person] = this.#allowedAt(person, next.dueAt.getTime());
      this.#situation[person] = situationNumber(situationAfter(outcome));
    }
    if (!over) this.#leave(person, now);
    if (!over && this.#queue.length > this.#served) this.#serve(now);
  }

  /** When the limits let a person be called again, not before `due`. */
  #allowedAt(person: number, due: number): number {
    const contacts = this.#contacts?.get(person);
    if (!contacts) return due;
    const zones = this.#input.crowd.cohorts[this.#cohortOf[person] ?? 0]?.hours.zones ?? [];
    return judgeFrequency(this.#input.frequency, contacts, zones, due).nextAt ?? due;
  }

  #end(outcome: Outcome, people: number, at: number): void {
    this.#left -= people;
    this.#result.ended(outcome, people, at);
  }

  /** A person is done with for this pass: the lane takes the next, or the pass is over. */
  #leave(person: number, now: number): void {
    const place = Math.floor(person / this.#input.crowd.pageRows);
    const page = this.#pageOf(person);
    page.inFlight -= 1;
    if (!page.stopped) this.#handOver(page);
    if (page.inFlight === 0) this.#endPass(place, page, now);
  }

  #pageOf(person: number): Page {
    const page = this.#pages[Math.floor(person / this.#input.crowd.pageRows)];
    if (!page) throw new Error('a person without a page');
    return page;
  }
}
