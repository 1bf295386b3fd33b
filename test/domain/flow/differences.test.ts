import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowDifferences } from '../../../domain/flow/differences.ts';

const before = {
  language: 'en-IN',
  widgets: { begin: { type: 'start', next: 'say' }, say: { type: 'text-to-speech', text: 'Hello' } },
  settings: { retries: { BUSY: { times: 1 } } },
  variables: [{ name: 'name' }],
};

describe('the differences of two versions', () => {
  it('name widgets that came and went, and each field that changed, with both values', () => {
    const after = {
      language: 'en-IN',
      widgets: { begin: { type: 'start', next: 'bye' }, bye: { type: 'hang-up' } },
      settings: { retries: { BUSY: { times: 2 } }, recordCalls: true },
      variables: [{ name: 'name' }, { name: 'amount' }],
    };
    expect(flowDifferences(before, after)).toEqual([
      { kind: 'CHANGED', widget: 'begin', field: 'next', before: 'say', after: 'bye' },
      { kind: 'REMOVED', widget: 'say', before: before.widgets.say },
      { kind: 'ADDED', widget: 'bye', after: { type: 'hang-up' } },
      { kind: 'CHANGED', field: 'settings.retries.BUSY.times', before: 1, after: 2 },
      { kind: 'ADDED', field: 'settings.recordCalls', after: true },
      { kind: 'ADDED', field: 'variables.1', after: { name: 'amount' } },
    ]);
  });

  it('are none where only the order of fields or the picture differs', () => {
    const moved = { ...before, layout: { begin: { x: 1, y: 2 } } };
    expect(flowDifferences(before, moved)).toEqual([]);
    const { widgets, ...rest } = before;
    expect(flowDifferences(before, { widgets, ...rest })).toEqual([]);
    expect(flowDifferences(undefined, null)).toEqual([]);
  });

  it('are none of anything with itself, and turn round with the two', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (one, other) => {
        expect(flowDifferences({ widgets: one }, { widgets: structuredClone(one) })).toEqual([]);
        const there = flowDifferences({ settings: one }, { settings: other });
        const back = flowDifferences({ settings: other }, { settings: one });
        expect(back).toHaveLength(there.length);
      }),
    );
  });
});
