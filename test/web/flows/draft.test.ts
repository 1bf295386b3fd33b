/** Drafts of flows as the builder changes them, without a browser. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFlow } from '../../../domain/flow/check.ts';
import { KINDS, kindOf, type Widget } from '../../../domain/flow/registry.ts';
import { flowDefinition } from '../../../domain/flow/schema.ts';
import {
  addWidget,
  connect,
  copyWidgets,
  type Draft,
  paste,
  readCopied,
  readDraft,
  removeWidgets,
  renameWidget,
  valueAt,
  withValue,
} from '../../../web/pages/flows/builder/draft.ts';
import { exitsOf } from '../../../web/pages/flows/builder/exits.ts';
import { begin, take } from '../../../web/pages/flows/builder/history.ts';
import { placesOf, readingOrder } from '../../../web/pages/flows/builder/layout.ts';
import { fieldsOf, variableNames } from '../../../web/pages/flows/builder/shape.ts';

const draftOf = (given: Record<string, unknown>): Draft => {
  const draft = readDraft(given);
  if (!draft) throw new Error('no draft');
  return draft;
};

const survey = (): Draft =>
  draftOf({
    schemaVersion: 1,
    start: 'begin',
    widgets: {
      begin: { type: 'start', next: 'choose', onMachine: 'bye' },
      choose: { type: 'menu', speech: [{ text: 'One or two' }], branches: { '1': 'yes', '2': 'bye' } },
      yes: {
        type: 'condition',
        cases: [{ value: '$flow.key.name', operator: 'notEmpty', next: 'choose' }],
        else: 'bye',
      },
      bye: { type: 'hang-up' },
    },
    variables: [{ name: 'name' }],
  });

const problemsOf = (draft: Draft) => checkFlow(draft, { userKeys: [] }).problems;

describe('fields of widgets', () => {
  it('are found for every kind of the registry, none left as bare JSON', () => {
    for (const type of Object.keys(KINDS)) {
      for (const { name, shape } of fieldsOf(type))
        expect(`${type}.${name} ${shape.kind}`).not.toMatch(/json$/);
    }
    expect(fieldsOf('gather').find(({ name }) => name === 'timeoutMs')).toMatchObject({
      shape: { kind: 'duration', min: 500, max: 60_000 },
      default: 5000,
      isRequired: false,
    });
    expect(fieldsOf('webhook').find(({ name }) => name === 'response')?.shape).toEqual({
      kind: 'pairs',
      names: 'variable',
      values: 'path',
    });
    expect(fieldsOf('gather').find(({ name }) => name === 'terminators')?.shape).toMatchObject({
      mayHoldVariables: false,
    });
  });
});

describe('ways out', () => {
  it('are all that the language itself knows, and those not connected yet', () => {
    const draft = survey();
    const definition = flowDefinition.parse(draft);
    for (const [id, widget] of Object.entries(definition.widgets)) {
      const shown = exitsOf(draft.widgets[id] ?? { type: '' });
      for (const edge of kindOf(widget as Widget).edges(widget as Widget)) {
        if (edge.to !== undefined) expect(shown).toContainEqual({ field: edge.field, to: edge.to });
      }
    }
    expect(exitsOf({ type: 'transfer', to: '1' }).map(({ field }) => field)).toEqual([
      'next',
      'busy',
      'noAnswer',
      'failed',
    ]);
    expect(exitsOf({ type: 'fax' })).toEqual([]);
  });
});

describe('changes', () => {
  it('of a widget taken away leave nothing that leads to it', () => {
    const without = removeWidgets(survey(), ['bye', 'yes']);
    expect(without.widgets).toEqual({
      begin: { type: 'start', next: 'choose' },
      choose: { type: 'menu', speech: [{ text: 'One or two' }], branches: { '1': '', '2': '' } },
    });
    expect(problemsOf(without).map(({ field }) => field)).toEqual(['branches.1', 'branches.2']);
  });

  it('of a name reach every way to it, and the start', () => {
    const renamed = renameWidget(renameWidget(survey(), 'bye', 'goodbye'), 'begin', 'first');
    expect(problemsOf(renamed)).toEqual([]);
    expect(Object.keys(renamed.widgets)).toEqual(['first', 'choose', 'yes', 'goodbye']);
    expect(renamed.start).toBe('first');
    expect(renameWidget(survey(), 'bye', 'yes')).toEqual(survey());
  });

  it('of what is pasted take free names and lead among themselves', () => {
    const draft = survey();
    const copied = readCopied(JSON.stringify(copyWidgets(draft, ['choose', 'yes'])));
    if (!copied) throw new Error('nothing copied');
    const pasted = paste(draft, copied);
    expect(pasted.ids).toEqual(['choose-2', 'yes-2']);
    expect(pasted.draft.widgets['choose-2']).toMatchObject({ branches: { '1': 'yes-2', '2': 'bye' } });
    expect(pasted.draft.widgets['yes-2']).toMatchObject({ cases: [{ next: 'choose-2' }], else: 'bye' });
    const elsewhere = paste(draftOf({ start: '', widgets: {} }), copied);
    expect(elsewhere.draft.widgets.choose).toMatchObject({ branches: { '1': 'yes', '2': '' } });
    expect(readCopied('{"widgets": 1}')).toBeUndefined();
    expect(readCopied('hello')).toBeUndefined();
  });

  it('give a new widget the least it needs, connected from where it was asked for', () => {
    const { draft, id } = addWidget(survey(), 'gather', { from: { widget: 'yes', field: 'cases.0.next' } });
    expect(id).toBe('ask');
    expect(valueAt(draft.widgets.yes, 'cases.0.next')).toBe('ask');
    expect(problemsOf(draft).map(({ widget }) => widget)).toContain('ask');
    expect(addWidget(draft, 'gather').id).toBe('ask-2');
  });

  it('never touch the draft they began with, and are undone exactly', () => {
    const types = Object.keys(KINDS);
    const change = fc.oneof(
      fc.record({ do: fc.constant('add' as const), type: fc.constantFrom(...types) }),
      fc.record({ do: fc.constant('remove' as const), nth: fc.nat(20) }),
      fc.record({ do: fc.constant('rename' as const), nth: fc.nat(20), to: fc.string({ maxLength: 8 }) }),
      fc.record({ do: fc.constant('connect' as const), nth: fc.nat(20), to: fc.nat(20) }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 15 }), (changes) => {
        let history = begin(survey());
        const seen = [structuredClone(history.present)];
        for (const [index, one] of changes.entries()) {
          const { present } = history;
          const ids = Object.keys(present.widgets);
          const nth = (at: number): string => ids[at % Math.max(1, ids.length)] ?? '';
          let draft: Draft = present;
          if (one.do === 'add') draft = addWidget(present, one.type).draft;
          else if (one.do === 'remove') draft = removeWidgets(present, [nth(one.nth)]);
          else if (one.do === 'rename') draft = renameWidget(present, nth(one.nth), one.to);
          else {
            const exit = exitsOf(present.widgets[nth(one.nth)] ?? { type: '' })[0];
            if (exit) draft = connect(present, { widget: nth(one.nth), field: exit.field }, nth(one.to));
          }
          history = take(history, { type: 'edit', draft, at: index });
          if (history.present !== present) seen.push(structuredClone(history.present));
          expect([...placesOf(history.present).keys()].sort()).toEqual(
            Object.keys(history.present.widgets).sort(),
          );
          expect(readingOrder(history.present).sort()).toEqual(Object.keys(history.present.widgets).sort());
        }
        for (const expected of seen.reverse()) {
          expect(history.present).toEqual(expected);
          history = take(history, { type: 'undo' });
        }
      }),
      { numRuns: 30 },
    );
  });

  it('of values go to any depth, and take away what is undefined', () => {
    expect(withValue({ a: [{ b: 1 }, { b: 2 }] }, 'a.1.b', 3)).toEqual({ a: [{ b: 1 }, { b: 3 }] });
    expect(withValue({}, 'settings.retries.BUSY.times', 2)).toEqual({
      settings: { retries: { BUSY: { times: 2 } } },
    });
    expect(withValue({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
  });
});

describe('typing', () => {
  it('in one field is one step; a pause or another field begins the next', () => {
    const draft = (text: string): Draft => ({ start: '', widgets: {}, text });
    let history = begin(draft(''));
    history = take(history, { type: 'edit', draft: draft('h'), of: 'a', at: 0 });
    history = take(history, { type: 'edit', draft: draft('he'), of: 'a', at: 500 });
    history = take(history, { type: 'edit', draft: draft('hel'), of: 'a', at: 5000 });
    history = take(history, { type: 'edit', draft: draft('help'), of: 'b', at: 5100 });
    const texts: unknown[] = [];
    while (history.past.length > 0) {
      history = take(history, { type: 'undo' });
      texts.push(history.present.text);
    }
    expect(texts).toEqual(['hel', 'he', '']);
    expect(take(take(history, { type: 'redo' }), { type: 'redo' }).present.text).toBe('hel');
  });
});

describe('layout', () => {
  it('goes from left to right as the call goes, and keeps what somebody placed', () => {
    const places = placesOf(survey());
    expect(places.get('begin')?.x).toBeLessThan(places.get('choose')?.x ?? 0);
    expect(places.get('choose')?.x).toBeLessThan(places.get('yes')?.x ?? 0);
    const placed = placesOf({ ...survey(), layout: { yes: { x: -500, y: 7 } } });
    expect(placed.get('yes')).toEqual({ x: -500, y: 7 });
    expect(placed.get('begin')).toEqual(places.get('begin'));
  });
});

describe('names of variables', () => {
  it('are those declared, set, answered by webhooks, and the number', () => {
    const { draft } = addWidget(survey(), 'webhook');
    const filled: Draft = {
      ...draft,
      widgets: {
        ...draft.widgets,
        webhook: { type: 'webhook', url: '', response: { balance: 'a.b' } },
        ask: { type: 'gather', variable: 'digit' },
      },
    };
    expect(variableNames(filled)).toEqual([
      'balance',
      'digit',
      'error_reason',
      'name',
      'number',
      'response_error',
    ]);
  });
});
