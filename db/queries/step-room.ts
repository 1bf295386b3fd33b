/**
 * Room for a call that is made from inside another: it passes the gates that campaign calls pass, those of the
 * account and of a line. Not those of the flow: how many people a campaign talks to at once is settled by their own
 * calls, and a flow that may have one call in progress could otherwise never transfer it.
 */
import { admit, withOneMore } from '../../domain/pacing.ts';
import { chooseLine, type Line, type LineState, lineKey } from '../../domain/trunk.ts';
import type { Sql } from '../client.ts';
import { gateKeys, lockGates, readLines, readLoads } from './reserve-question.ts';
import { moveClocks } from './reserve-writing.ts';

export type StepRoom =
  /** `waitMs`: its turn comes then; the clocks count it already. */
  | { kind: 'ROOM'; line: Line | undefined; waitMs: number }
  /** A limit is reached, or the line is disabled. */
  | { kind: 'FULL'; why: string }
  /** The line cannot take calls. */
  | { kind: 'AWAY'; why: string };

/**
 * A person is on the line: so long they wait for a turn that the pace of others holds up, and no longer. With what
 * the order takes it stays well within the time for which a reservation is good.
 */
const PACE_PATIENCE_MS = 2_000;

/**
 * Takes room by the trunk of the first call; where that went by no trunk, or came to us, by any the account has.
 * The gates stay locked until the transaction ends.
 * @throws Error when the call's attempt does not exist
 */
export async function takeStepRoom(
  tx: Sql,
  input: {
    accountId: number;
    callAttemptId: string;
    lineState: (line: Line | undefined) => LineState;
    now: () => Date;
  },
): Promise<StepRoom> {
  const { accountId, callAttemptId } = input;
  const [call] = await tx<{ flow_id: number; trunk: string | null }[]>`
    select a.flow_id, t.name as trunk from attempts a
    left join trunks t on t.account_id = a.account_id and t.id = a.trunk_id
    where a.account_id = ${accountId} and a.id = ${callAttemptId}`;
  if (!call) throw new Error(`attempt ${callAttemptId} is not in the ledger`);
  const flowId = call.flow_id;
  const lines = await readLines(tx, accountId, input.lineState);
  const keys = [gateKeys.account(accountId), ...lines.flatMap(({ line }) => gateKeys.line(line))];
  const loads = await readLoads(tx, {
    accountId,
    flowId,
    lines,
    clocks: await lockGates(tx, accountId, keys),
  });
  const now = input.now().getTime();
  const latest = now + PACE_PATIENCE_MS;
  const { account, accountLimit } = loads;
  if (account.inProgress >= accountLimit.maxInProgress) {
    return { kind: 'FULL', why: `the account has ${account.inProgress} calls in progress` };
  }
  const chosen = chooseLine(loads.lines, call.trunk, latest);
  if (chosen.kind === 'AWAY') return { kind: chosen.lines.length > 0 ? 'AWAY' : 'FULL', why: chosen.why };
  if (chosen.kind === 'FULL' || admit(accountLimit, account, 1, latest) === 0) {
    return {
      kind: 'FULL',
      why:
        chosen.kind === 'FULL'
          ? call.trunk === null
            ? 'every trunk of the account is full'
            : `the trunk "${call.trunk}" is full`
          : 'the account begins no more calls a second',
    };
  }
  const { choice } = chosen;
  await moveClocks(tx, accountId, {
    ...loads,
    account: withOneMore(accountLimit, account, now),
    lines: loads.lines.map((one) =>
      lineKey(one.line) === lineKey(choice.line)
        ? { ...one, load: withOneMore(one.limit, one.load, now) }
        : one,
    ),
  });
  return {
    kind: 'ROOM',
    line: choice.line,
    waitMs: Math.max(0, account.nextAt - now, choice.load.nextAt - now),
  };
}
