/** What docs/write-a-flow.md shows works as it is written, and nothing is left out of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkFlow } from '../../../domain/flow/check.ts';
import { PROBLEMS } from '../../../domain/flow/problem.ts';
import { KINDS, type WidgetType } from '../../../domain/flow/registry.ts';
import { WIDGET_TYPES } from '../../../domain/flow/schema.ts';
import { contactFields } from '../../../domain/policy.ts';

const guide = readFileSync(new URL('../../../docs/write-a-flow.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map(
  ([, text]): Record<string, unknown> => JSON.parse(text ?? ''),
);

describe('the guide to writing flows', () => {
  it('begins with a flow that passes the check', () => {
    expect(checkFlow(examples[0], { userKeys: [] }).problems).toEqual([]);
  });

  it('shows every type of widget, each as the schema wants it', () => {
    const shown = examples.filter((one) => typeof one.type === 'string');
    for (const one of shown) {
      const { schema } = KINDS[one.type as WidgetType];
      expect(schema.safeParse(one), JSON.stringify(one)).toMatchObject({ success: true });
    }
    expect(shown.map((one) => one.type).sort()).toEqual([...WIDGET_TYPES].sort());
  });

  it('names every setting and every code of the check', () => {
    for (const name of [...Object.keys(contactFields.shape), ...Object.keys(PROBLEMS)]) {
      expect(guide).toContain(`\`${name}\``);
    }
  });
});
