/** What two definitions differ in, as a table. */
import { useMemo } from 'react';
import { flowDifferences } from '../../../../domain/flow/differences.ts';
import { flowDefinition } from '../../../../domain/flow/schema.ts';
import { builder } from '../../../strings/en/flow-builder.ts';

const { versions: t } = builder;
const MOST_CHARACTERS = 300;

/** With its defaults filled in where that can be done: what is left out and what is said to be so are the same. */
function filled(definition: unknown): unknown {
  const parsed = flowDefinition.safeParse(definition);
  return parsed.success ? parsed.data : definition;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

export function Differences({ before, after }: { before: unknown; after: unknown }) {
  const found = useMemo(() => flowDifferences(filled(before), filled(after)), [before, after]);
  if (found.length === 0) return <div className="builder-help">{t.same}</div>;
  return (
    <table className="builder-table" aria-label={t.differences}>
      <thead>
        <tr>
          <th scope="col">{t.place}</th>
          <th scope="col">{t.before}</th>
          <th scope="col">{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {found.map((one) => (
          <tr key={`${one.widget} ${one.field}`}>
            <td>
              <b>{one.widget}</b> {one.field ?? (one.widget === undefined ? '' : t.wholeWidget)}
              <div className="builder-help">{t.kinds[one.kind]}</div>
            </td>
            <td>{shown(one.before)}</td>
            <td>{shown(one.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
