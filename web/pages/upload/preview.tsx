/** What the server made of a list: which column is the number, which variables it fills, and its first rows. */
import { Text } from '@mantine/core';
import type { Forecast } from '../../../client/index.ts';
import { useNumbers } from '../../parts/numbers.ts';
import { Chip, StatusChip } from '../../parts/status-chip.tsx';
import { statuses, wordFor } from '../../strings/en/statuses.ts';
import { upload } from '../../strings/en/upload.ts';

const { preview: t, files } = upload;
/** Row numbers named per reason. */
const ROWS_NAMED = 8;

type ListAsRead = NonNullable<Forecast['list']>;

export function Preview({ name, forecast }: { name: string; forecast: Forecast }) {
  const { list, rejected } = forecast;
  if (!list) return null;
  return (
    <details className="upload-preview" open>
      <summary>{files.show}</summary>
      <Recognised list={list} />
      <Sample name={name} list={list} />
      {rejected.length > 0 && <Rejected rejected={rejected} />}
    </details>
  );
}

function Recognised({ list }: { list: ListAsRead }) {
  const filled = new Set(list.variables);
  const own = new Set(list.flowVariables.map((one) => one.name));
  const extra = list.variables.filter((one) => !own.has(one));
  return (
    <dl className="upload-facts">
      <dt>{t.phone}</dt>
      <dd>{list.headless ? t.headless : list.phoneColumn}</dd>
      <dt>{t.fed}</dt>
      <dd>
        {list.flowVariables.length === 0 && t.none}
        {list.flowVariables.map(({ name, required }) =>
          filled.has(name) ? (
            <Chip key={name} tone="good">
              {t.found(name)}
            </Chip>
          ) : (
            <Chip key={name} tone={required ? 'bad' : 'held'}>
              {required ? t.missingRequired(name) : t.missing(name)}
            </Chip>
          ),
        )}
      </dd>
      {extra.length > 0 && (
        <>
          <dt>{t.extra}</dt>
          <dd>{extra.join(', ')}</dd>
        </>
      )}
      {list.zoneColumn !== null && (
        <>
          <dt>{t.zone}</dt>
          <dd>{list.zoneColumn}</dd>
        </>
      )}
    </dl>
  );
}

function Sample({ name, list }: { name: string; list: ListAsRead }) {
  const numbers = useNumbers();
  const shown = list.flowVariables.map((one) => one.name).filter((one) => list.variables.includes(one));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section className="upload-sample" tabIndex={0} aria-label={t.table(name)}>
      <table>
        <thead>
          <tr>
            {[t.row, t.given, t.number, t.result, ...shown, t.detail].map((header) => (
              <th key={header} scope="col">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.sample.map(({ row, given, number, result, detail, variables }) => (
            <tr key={row}>
              <td>{numbers.count(row)}</td>
              <td>{given}</td>
              <td>{number}</td>
              <td>
                <StatusChip kind="result" value={result} />
              </td>
              {shown.map((variable) => (
                <td key={variable}>{variables[variable]}</td>
              ))}
              <td>{detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Rejected({ rejected }: Pick<Forecast, 'rejected'>) {
  const numbers = useNumbers();
  return (
    <>
      <Text size="sm" fw={600}>
        {t.rejected}
      </Text>
      <ul className="upload-reasons">
        {rejected.map(({ result, count, rows }) => (
          <li key={result}>
            {wordFor(statuses.result, result)}: {numbers.count(count)} (
            {t.rowsNamed(rows.slice(0, ROWS_NAMED).map(numbers.count).join(', '), count > ROWS_NAMED)})
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed">
        {t.note}
      </Text>
    </>
  );
}
