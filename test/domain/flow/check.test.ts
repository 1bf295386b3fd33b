/**
 * Flows in `fixtures/good` pass the check; those in `fixtures/bad` give exactly the problems they list, each
 * as "severity CODE widget field" with "-" for none. To add a case, add a file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkFlow } from '../../../domain/flow/check.ts';
import { type FlowProblem, PROBLEMS } from '../../../domain/flow/problem.ts';
import { declaredVariables, hasMachineBranch, requiredVariables } from '../../../domain/flow/schema.ts';
import { flowOf } from './conversation.ts';

/** The account the fixtures belong to. */
const ACCOUNT = { userKeys: ['company', 'token'], promptNames: ['welcome', 'thanks'] };

function fixtures(folder: 'good' | 'bad'): [string, unknown][] {
  const path = new URL(`./fixtures/${folder}/`, import.meta.url);
  return readdirSync(path)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file, JSON.parse(readFileSync(new URL(file, path), 'utf8'))]);
}

interface BadFixture {
  problems: string[];
  definition: unknown;
}

const line = (one: FlowProblem): string =>
  `${one.severity} ${one.code} ${one.widget ?? '-'} ${one.field ?? '-'}`;

describe('the check', () => {
  it.each(fixtures('good'))('finds nothing wrong with %s', (_, given) => {
    const { problems, definition } = checkFlow(given, ACCOUNT);
    expect(problems).toEqual([]);
    expect(definition).toMatchObject({ schemaVersion: 1 });
  });

  it.each(fixtures('bad'))('finds exactly what is wrong with %s', (_, fixture) => {
    const { problems, definition } = fixture as BadFixture;
    const found = checkFlow(definition, ACCOUNT);
    expect(found.problems.map(line).sort()).toEqual([...problems].sort());
    for (const one of found.problems) {
      // The sentence alone is enough to find the place.
      if (one.widget !== undefined) expect(one.message).toContain(`widgets.${one.widget}`);
      if (one.field !== undefined) expect(one.message).toContain(one.field);
    }
  });

  it('has a bad flow for every code that a small file can show', () => {
    const shown = fixtures('bad').flatMap(([, fixture]) =>
      (fixture as BadFixture).problems.map((one) => one.split(' ')[1]),
    );
    const missing = Object.keys(PROBLEMS).filter((code) => !shown.includes(code));
    expect(missing.sort()).toEqual(['TOO_LARGE', 'TOO_MANY_VARIABLES']);
  });

  it('refuses what is too large, circular or too deep without reading it', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    for (const given of ['x'.repeat(1_000_001), circular, deep, { n: 10n }]) {
      expect(checkFlow(given, ACCOUNT).problems.map(line)).toEqual(['error TOO_LARGE - -']);
    }
  });

  it('limits the variables a flow may set, however it sets them', () => {
    const response = (from: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`v${from + n}`, 'a']));
    const widgets = Object.fromEntries(
      [0, 1, 2, 3].map((n) => [
        n === 0 ? 'first' : `w${n}`,
        {
          type: 'webhook' as const,
          url: 'https://a.example/',
          response: response(n * 50),
          next: `w${n + 1}`,
        },
      ]),
    );
    const flow = flowOf({ ...widgets, w4: { type: 'hang-up' } });
    // 200 of its own, and the two every webhook sets.
    expect(checkFlow(flow, ACCOUNT).problems.map(line)).toEqual(['error TOO_MANY_VARIABLES - -']);
  });

  it('allows plain http where operations do, and any prompt where none are named', () => {
    const flow = flowOf({
      first: { type: 'webhook', url: 'http://a.example/', next: 'b' },
      b: { type: 'prompt', prompt: 'any' },
    });
    expect(checkFlow(flow, { userKeys: [], plainHttpWebhooks: true }).problems).toEqual([]);
  });

  it('names at most 200 problems of a flow that has tens of thousands', () => {
    const uses = Array.from({ length: 190 }, (_, n) => `$flow.key.v${n % 7}`).join(' ');
    const widgets = Object.fromEntries(
      Array.from({ length: 499 }, (_, n) => [
        n === 0 ? 'first' : `w${n}`,
        { type: 'text-to-speech' as const, text: uses.slice(0, 1900), next: `w${n + 1}` },
      ]),
    );
    const { problems } = checkFlow(flowOf(widgets), ACCOUNT);
    expect(problems.length).toBe(200);
  });
});

describe('what others ask of a definition', () => {
  it('required and declared variables, and whether machines are served', () => {
    const flow = flowOf(
      { first: { type: 'hang-up' } },
      { variables: [{ name: 'a', required: true }, { name: 'b' }] },
    );
    const { definition } = checkFlow(flow, ACCOUNT);
    if (definition === undefined) throw new Error('the flow has errors');
    expect(requiredVariables(definition)).toEqual(['a']);
    expect(declaredVariables(definition)).toEqual(['a', 'b']);
    expect(hasMachineBranch(definition)).toBe(false);
    const start = { type: 'start' as const, next: 'first', onMachine: 'first' };
    expect(hasMachineBranch({ ...definition, widgets: { ...definition.widgets, start } })).toBe(true);
  });
});

describe('the demo flows', () => {
  it.each(['demo-survey', 'demo-offer', 'demo-notice'])('%s pass the check of a new account', (name) => {
    const path = new URL(`../../../local/demo/flows/${name}.json`, import.meta.url);
    const { problems, definition } = checkFlow(JSON.parse(readFileSync(path, 'utf8')), {
      userKeys: [],
      promptNames: [],
    });
    expect(problems).toEqual([]);
    expect(definition?.settings.retries).toMatchObject({
      BUSY: { times: 2, intervalMs: 5000 },
      NO_ANSWER: { times: 2, intervalMs: 5000 },
      FAILED: { times: 2, intervalMs: 5000 },
    });
  });
});
