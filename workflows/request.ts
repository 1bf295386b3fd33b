/**
 * A request, from its list to its last call: reads the list, waits for its time, runs its pages while they
 * are due, and closes the books. The database is the record; this workflow waits and counts.
 */
import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  executeChild,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { FinalStatus } from '../domain/outcome.ts';
import { type PageDue, pagesFor, rowsOfPage, spread } from './calendar.ts';
import {
  CHANGED_SIGNAL,
  PAGE_ROWS,
  type PageInput,
  pageWorkflowId,
  type RequestInput,
  type RequestProgress,
  type RequestResult,
} from './contract.ts';
import type { pageWorkflow } from './page.ts';
import { createStatusTeller } from './status.ts';
import { createSteps, type Steps } from './steps.ts';

const changedSignal = defineSignal(CHANGED_SIGNAL);

/** A page that failed as a whole is looked at again after this long. */
const FAILED_PAGE_RETRY_MS = 30_000;

/** Books that are not yet balanced because a call is just ending are looked at again after this long. */
const CLOSING_RETRY_MS = 1_000;

export async function requestWorkflow(input: RequestInput): Promise<RequestResult> {
  return new RequestRun(input).run();
}

/** The state of one run of the workflow, and the steps it is made of. */
class RequestRun {
  private readonly ids: { accountId: number; requestId: number };
  private readonly input: RequestInput;
  private readonly steps: Steps;
  private readonly tellStatus: ReturnType<typeof createStatusTeller>;
  /** Pages that still have records and are not being run. */
  private waiting: Map<number, PageDue>;
  private readonly running = new Map<number, PageDue>();
  /** Running pages whose range got new rows meanwhile. */
  private readonly grown = new Set<number>();
  private rows: number;
  private highestPass: number;
  private policyVersion: number;
  /** Something happened that the plan may depend on: a signal, or a page's end. */
  private news = false;
  private cancelledByOperator = false;
  /** How far the workers' clock is ahead of Temporal's, in ms. Theirs decides what is due; Temporal's measures waits. */
  private skewMs = 0;

  constructor(input: RequestInput) {
    this.input = input;
    this.steps = createSteps(workflowInfo().taskQueue);
    this.ids = { accountId: input.accountId, requestId: input.requestId };
    this.waiting = new Map(input.resumed?.pages.map((page) => [page.page, page]));
    this.rows = input.resumed?.rows ?? 0;
    this.highestPass = input.resumed?.highestPass ?? 0;
    this.policyVersion = input.resumed?.policyVersion ?? 0;
    this.tellStatus = createStatusTeller(input.resumed?.status);
    setHandler(changedSignal, () => {
      this.news = true;
    });
  }

  async run(): Promise<RequestResult> {
    // An operator's cancel in Temporal is the same as one through the API: it winds the request up in order.
    CancellationScope.current().cancelRequested.catch(() => {
      this.cancelledByOperator = true;
      this.news = true;
    });
    return CancellationScope.nonCancellable(async () => {
      if (!this.input.resumed) await this.steps.reading.ingestList(this.ids);
      return this.untilEnded();
    });
  }

  private async untilEnded(): Promise<RequestResult> {
    for (;;) {
      this.news = false;
      if (this.cancelledByOperator) await this.steps.bookkeeping.cancelRequest(this.ids);
      const plan = await this.steps.bookkeeping.planRequest(this.ids);
      this.skewMs = plan.now - Date.now();
      this.tellStatus(plan.status);
      this.noteRows(plan.rows);
      this.notePolicy(plan.lookVersion ?? plan.policyVersion);

      switch (plan.phase) {
        case 'ENDED':
          return this.end(plan.status as FinalStatus);
        case 'CANCELLED':
        case 'EXPIRED': {
          const ended = await this.windUp(plan.phase);
          if (ended) return ended;
          break;
        }
        case 'PAUSED':
          await this.wake(plan.endsAt);
          break;
        case 'WAIT':
          await this.wake(plan.startsAt, plan.endsAt);
          break;
        case 'RUN': {
          const ended = await this.advance(plan);
          if (ended) return ended;
          break;
        }
      }
      if (workflowInfo().continueAsNewSuggested) await this.continue(plan.status);
    }
  }

  /** Starts the pages that are due and waits for the next thing to happen; closes the request when nothing is left. */
  private async advance(plan: {
    concurrency: number;
    callsPerSecond: number;
    open: boolean;
    endsAt?: number;
    spreading?: boolean;
  }): Promise<RequestResult | undefined> {
    const { pages, lanes } = spread(plan.concurrency, plan.callsPerSecond);
    for (const page of this.duePages().slice(0, Math.max(0, pages - this.running.size)))
      this.start(page, lanes, plan.spreading);

    const idle = this.running.size === 0;
    if (idle && this.waiting.size === 0 && !plan.open) {
      const ended = await this.close('COMPLETED');
      if (ended) return ended;
      // A record was added, or an attempt is unsettled, since the last look: look at every page again.
      await this.wake(this.clock() + CLOSING_RETRY_MS);
      this.lookAgain();
      return undefined;
    }
    const nextDueAt = this.nextDueAt();
    if (idle)
      await this.steps.bookkeeping.noteNextDue({
        ...this.ids,
        ...(nextDueAt !== undefined && { at: nextDueAt }),
      });
    // With all lanes taken, a page that is due waits for one to end, not for a clock.
    await this.wake(this.running.size < pages ? nextDueAt : undefined, plan.endsAt);
    return undefined;
  }

  /** Lets what has begun end, ends the rest, and closes the books. */
  private async windUp(status: 'CANCELLED' | 'EXPIRED'): Promise<RequestResult | undefined> {
    await condition(() => this.running.size === 0);
    await this.steps.winding.endRemaining({ ...this.ids, outcome: status });
    const ended = await this.close(status);
    if (ended) return ended;
    // Attempts that a dead worker left unsettled: one more pass over each page reconciles them.
    this.lookAgain();
    const { lanes } = spread(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    for (const page of [...this.waiting.values()]) {
      this.start(page, lanes);
      await condition(() => this.running.size === 0);
    }
    this.news = false;
    await this.wake(this.clock() + CLOSING_RETRY_MS);
    return undefined;
  }

  private async close(status: FinalStatus): Promise<RequestResult | undefined> {
    const closed = await this.steps.winding.closeRequest({ ...this.ids, status });
    return closed.closed ? this.end(closed.status) : undefined;
  }

  private async end(status: FinalStatus): Promise<RequestResult> {
    this.tellStatus(status);
    try {
      await this.steps.mailing.mailStatus(this.ids);
    } catch (error) {
      // The request has ended; a mail that could not be delivered for a day does not change that.
      log.error('the mail about the request could not be sent', { error: String(error) });
    }
    const { loaded, added } = await this.steps.bookkeeping.countRequest(this.ids);
    return { status, loaded, added };
  }

  private start(due: PageDue, lanes: number, rolling = false): void {
    this.waiting.delete(due.page);
    this.running.set(due.page, due);
    this.highestPass = Math.max(this.highestPass, due.pass);
    const page: PageInput = {
      ...this.ids,
      flowId: this.input.flowId,
      page: due.page,
      pass: due.pass,
      ...rowsOfPage(due.page),
      lanes,
      ...(rolling && { rolling }),
    };
    const settle = (next: number | undefined): void => {
      let dueAt = next;
      this.running.delete(due.page);
      if (this.grown.delete(due.page)) dueAt = 0;
      if (dueAt !== undefined) this.waiting.set(due.page, { page: due.page, pass: due.pass + 1, dueAt });
      this.news = true;
    };
    executeChild<typeof pageWorkflow>('pageWorkflow', {
      workflowId: pageWorkflowId(page),
      args: [page],
      staticSummary: `Request ${page.requestId}, rows ${page.fromRow} to ${page.toRow}, pass ${page.pass}`,
    }).then(
      (result) =>
        settle(
          result.failed > 0 && result.dueAt !== undefined
            ? this.clock() + FAILED_PAGE_RETRY_MS
            : result.dueAt,
        ),
      (error) => {
        log.error('a page failed', { page: due.page, pass: due.pass, error: String(error) });
        settle(this.clock() + FAILED_PAGE_RETRY_MS);
      },
    );
  }

  /** The workers' clock, Unix ms. */
  private clock(): number {
    return Date.now() + this.skewMs;
  }

  private duePages(): PageDue[] {
    const now = this.clock();
    return [...this.waiting.values()].filter((page) => page.dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
  }

  private nextDueAt(): number | undefined {
    const times = [...this.waiting.values()].map((page) => page.dueAt);
    return times.length > 0 ? times.reduce((a, b) => Math.min(a, b)) : undefined;
  }

  /** Rows that came since the last look belong to pages that are due at once. */
  private noteRows(rows: number): void {
    for (const page of pagesFor(this.rows, rows)) {
      const known = this.waiting.get(page);
      // A page that is running may have looked for what is left before these rows came: it comes again.
      if (this.running.has(page)) this.grown.add(page);
      else {
        // Pass numbers are part of workflow ids: a page that had ended and comes again gets one never used.
        const existed = (page - 1) * PAGE_ROWS < this.rows;
        const pass = known?.pass ?? (existed ? this.highestPass + 1 : 1);
        this.waiting.set(page, { page, pass, dueAt: 0 });
      }
    }
    this.rows = rows;
  }

  /** Under another policy other hours may be open: every page is looked at again. */
  private notePolicy(version: number): void {
    if (this.policyVersion !== 0 && version !== this.policyVersion) {
      for (const page of this.waiting.values()) page.dueAt = 0;
    }
    this.policyVersion = version;
  }

  /** Makes every page due, those that had ended too: somewhere a record is not yet answered for. */
  private lookAgain(): void {
    for (const page of pagesFor(0, this.rows)) {
      if (this.running.has(page)) continue;
      this.waiting.set(page, { page, pass: this.waiting.get(page)?.pass ?? this.highestPass + 1, dueAt: 0 });
    }
  }

  /** Waits for news, or for the first of the given moments (Unix ms). */
  private async wake(...moments: (number | undefined)[]): Promise<void> {
    const times = moments.filter((at): at is number => at !== undefined);
    const until = times.length > 0 ? Math.min(...times) : undefined;
    if (until === undefined) await condition(() => this.news);
    else await condition(() => this.news, Math.max(1, until - this.clock()));
  }

  /** Long histories are begun anew once the running pages have ended; the calendar goes along. */
  private async continue(status: RequestProgress['status']): Promise<void> {
    await condition(() => this.running.size === 0);
    // The next run would not know of it: it becomes a fact of the database.
    if (this.cancelledByOperator) await this.steps.bookkeeping.cancelRequest(this.ids);
    await continueAsNew<typeof requestWorkflow>({
      ...this.input,
      resumed: {
        pages: [...this.waiting.values()],
        rows: this.rows,
        highestPass: this.highestPass,
        policyVersion: this.policyVersion,
        status,
      },
    });
  }
}
