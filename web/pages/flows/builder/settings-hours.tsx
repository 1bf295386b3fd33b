/** When a flow may call, on which days not, and when it tries again. */
import {
  ActionIcon,
  Button,
  Checkbox,
  MultiSelect,
  NumberInput,
  Group as Row,
  Stack,
  TextInput,
} from '@mantine/core';
import { PlusIcon, XIcon } from '@primer/octicons-react';
import { useQuery } from '@tanstack/react-query';
import { RETRYABLE_OUTCOMES, withWindows } from '../../../../domain/policy.ts';
import { answerOf, api } from '../../../api/client.ts';
import { useMe } from '../../../session/me.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { statuses } from '../../../strings/en/statuses.ts';
import { useBuilder } from './context.ts';
import { valueAt } from './draft.ts';
import { DurationInput } from './duration-input.tsx';
import { useSetting } from './settings-form.tsx';
import { withoutPlace } from './widget-form.tsx';

const { settings: t } = builder;

interface Window {
  days?: number[];
  from?: string;
  to?: string;
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** Windows of weekdays. Hours of the shape there was before windows are shown as the windows they mean. */
export function CallingHours() {
  const { draft, edit, problems, isReadOnly } = useBuilder();
  const settings = withWindows(draft.settings ?? {});
  const given = valueAt(settings, 'callingHours');
  const windows = Array.isArray(given) ? (given as Window[]) : [];
  const put = (next: Window[], of?: string): void =>
    edit(
      {
        ...draft,
        settings: { ...(settings as Record<string, unknown>), callingHours: next.length === 0 ? null : next },
      },
      of,
    );
  const set = (index: number, change: Window, of?: string): void =>
    put(
      windows.map((old, at) => (at === index ? { ...old, ...change } : old)),
      of && `settings.callingHours.${index}.${of}`,
    );
  const errorAt = (path: string): string | undefined => {
    const found = problems.find(
      ({ widget, field }) => widget === undefined && field === `settings.callingHours.${path}`,
    );
    return found && withoutPlace(found.message);
  };
  return (
    <Stack gap="xs">
      {windows.length === 0 && <div className="builder-help">{t.anyHour}</div>}
      {windows.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: windows have nothing else to be known by.
        <Stack key={index} gap={4}>
          <Row gap="xs" align="flex-start" wrap="nowrap">
            <TextInput
              aria-label={t.from(index + 1)}
              value={one.from ?? ''}
              placeholder="09:00"
              error={errorAt(`${index}.from`)}
              disabled={isReadOnly}
              onChange={(event) => set(index, { from: event.currentTarget.value }, 'from')}
            />
            <TextInput
              aria-label={t.to(index + 1)}
              value={one.to ?? ''}
              placeholder="21:00"
              error={errorAt(`${index}.to`)}
              disabled={isReadOnly}
              onChange={(event) => set(index, { to: event.currentTarget.value }, 'to')}
            />
            {!isReadOnly && (
              <ActionIcon
                variant="subtle"
                color="gray"
                mt={2}
                aria-label={t.removeWindow(index + 1)}
                onClick={() => put(windows.filter((_, at) => at !== index))}
              >
                <XIcon size={14} />
              </ActionIcon>
            )}
          </Row>
          <Checkbox.Group
            aria-label={t.days(index + 1)}
            error={errorAt(`${index}.days`)}
            value={(one.days ?? WEEK).map(String)}
            onChange={(days) => set(index, { days: days.map(Number).sort((a, b) => a - b) })}
          >
            <Row gap="xs">
              {WEEK.map((day) => (
                <Checkbox key={day} value={String(day)} label={t.weekdays[day - 1]} disabled={isReadOnly} />
              ))}
            </Row>
          </Checkbox.Group>
        </Stack>
      ))}
      {!isReadOnly && (
        <div>
          <Button
            variant="default"
            leftSection={<PlusIcon size={14} />}
            onClick={() => put([...windows, { days: WEEK, from: '09:00', to: '21:00' }])}
          >
            {t.addWindow}
          </Button>
        </div>
      )}
    </Stack>
  );
}

export function HolidayCalendars() {
  const { account } = useMe();
  const { value, error, disabled, set } = useSetting('holidayCalendars');
  const { data } = useQuery({
    queryKey: ['holiday-calendar-names', account?.id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/holiday-calendars', { params: { query: { limit: 500 } }, signal })),
    staleTime: 60_000,
  });
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const names = new Set([...(data?.items.map(({ name }) => name) ?? []), ...chosen]);
  return (
    <MultiSelect
      size="xs"
      label={t.holidayCalendars}
      description={t.holidayCalendarsHelp}
      nothingFoundMessage={t.noCalendars}
      searchable
      error={error}
      disabled={disabled}
      value={chosen}
      data={[...names]}
      onChange={(next) => set(next.length === 0 ? undefined : next)}
    />
  );
}

export function Retries() {
  const { value, fallback, disabled } = useSetting('retries');
  return (
    <table className="builder-table tight">
      <tbody>
        {RETRYABLE_OUTCOMES.map((outcome) => (
          <Retry
            key={outcome}
            outcome={outcome}
            isGiven={value !== undefined}
            fallback={fallback}
            disabled={disabled}
          />
        ))}
      </tbody>
    </table>
  );
}

function Retry(props: {
  outcome: (typeof RETRYABLE_OUTCOMES)[number];
  isGiven: boolean;
  fallback: unknown;
  disabled: boolean;
}) {
  const { outcome, disabled } = props;
  const { value, set, error } = useSetting(`retries.${outcome}`);
  const rule = { times: 0, intervalMs: 0, ...(value as { times?: number; intervalMs?: number } | undefined) };
  const word = statuses.outcome[outcome];
  const put = (next: typeof rule): void =>
    set(next.times === 0 && next.intervalMs === 0 ? undefined : next, true);
  return (
    <tr>
      <th scope="row">{word}</th>
      <td>
        <NumberInput
          size="xs"
          aria-label={t.times(word)}
          value={rule.times}
          min={0}
          max={20}
          allowDecimal={false}
          error={error}
          disabled={disabled}
          onChange={(times) => put({ ...rule, times: times === '' ? 0 : Number(times) })}
          w={58}
        />
      </td>
      <td>
        <DurationInput
          label={t.interval(word)}
          hideLabel
          valueMs={rule.intervalMs}
          disabled={disabled || rule.times === 0}
          onChange={(ms) => put({ ...rule, intervalMs: ms ?? 0 })}
        />
      </td>
    </tr>
  );
}
