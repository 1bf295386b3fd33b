import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto, { type temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import '../support/runtime.ts';

const folder = new URL('../histories/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.binpb'));
let workflowBundle: Awaited<ReturnType<typeof bundleWorkflowCode>>;

beforeAll(async () => {
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
});

type History = temporal.api.history.v1.History;
const replay = (history: History) => Worker.runReplayHistory({ workflowBundle }, history);
const read = (name: string): History =>
  proto.temporal.api.history.v1.History.decode(readFileSync(new URL(name, folder)));

describe('recorded histories', () => {
  it('are there: completed, paused and cancelled requests and their pages, and calls to us', () => {
    expect(names).toEqual([
      'cancelled-page.binpb',
      'cancelled-request.binpb',
      'completed-page.binpb',
      'completed-request.binpb',
      'inbound-answered.binpb',
      'inbound-refused.binpb',
      'paused-page.binpb',
      'paused-request.binpb',
    ]);
  });

  it.each(names)('%s replays on the workflows as they are now', async (name) => {
    await replay(read(name));
  });

  it('that were tampered with are refused', async () => {
    const tampered = read('completed-request.binpb');
    const plan = tampered.events.find(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'planRequest',
    );
    const activityType = plan?.activityTaskScheduledEventAttributes?.activityType;
    if (!activityType) throw new Error('no plan in the history');
    activityType.name = 'planAnother';
    await expect(replay(tampered)).rejects.toThrow(DeterminismViolationError);
  });
});
