/** Changes what is left of a request: times, hours, pace, retries, spread. What was typed stays when saving fails. */
import {
  Button,
  Fieldset,
  Group,
  Modal,
  MultiSelect,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { RequestDetail } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { fieldErrors, ProblemAlert } from '../../parts/problem-alert.tsx';
import { useMe } from '../../session/me.ts';
import { common } from '../../strings/en/common.ts';
import { requestActions } from '../../strings/en/request-actions.ts';
import { statuses } from '../../strings/en/statuses.ts';
import { useTakeRequest } from './actions.tsx';
import { type Changes, changesOf, draftOf, type EditDraft, faultsOf, RETRIED } from './edit-draft.ts';
import { EditWindows } from './edit-windows.tsx';

const { editForm: t } = requestActions;

/** What a part of the form needs: the draft, changing it, and what is wrong with a field. */
export interface PartProps {
  draft: EditDraft;
  set(change: Partial<EditDraft>): void;
  errorAt(field: string): string | undefined;
}

export function EditDialog({ request, onClose }: { request: RequestDetail; onClose(): void }) {
  const timeZone = useMe().account?.timeZone ?? 'UTC';
  const take = useTakeRequest();
  // What it was when the form was opened: what others change meanwhile is not taken back by saving.
  const [before] = useState(() => draftOf(request, timeZone));
  const [draft, setDraft] = useState(before);
  const [wasTried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: (body: Changes) =>
      answerOf(api.PATCH('/requests/{id}', { params: { path: { id: request.id } }, body })),
    onSuccess: (now) => {
      take(now);
      notifications.show({ message: t.saved(now.policyVersion) });
      onClose();
    },
  });
  const changes = changesOf(before, draft);
  const faults = faultsOf(draft);
  const errors: Record<string, string> = { ...fieldErrors(save.error), ...(wasTried ? faults : {}) };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faults).length === 0) save.mutate(changes);
  };
  const part: PartProps = {
    draft,
    set: (change) => setDraft((old) => ({ ...old, ...change })),
    errorAt: (field) => errors[field],
  };
  const isSame = Object.keys(changes).length === 0;
  return (
    <Modal opened onClose={onClose} title={t.title} size="lg" closeOnClickOutside={isSame}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t.text}
          </Text>
          <Times {...part} hasBegun={request.startedAt !== null} timeZone={timeZone} />
          <EditWindows {...part} />
          <Pace {...part} />
          <Retries {...part} />
          <SpreadPart {...part} timeZone={timeZone} isOpen={request.open} />
          <ProblemAlert error={save.error} />
          <Group justify="flex-end" gap="xs">
            {isSame && (
              <Text size="sm" c="dimmed">
                {t.nothing}
              </Text>
            )}
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={isSame}>
              {t.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Times({
  draft,
  set,
  errorAt,
  hasBegun,
  timeZone,
}: PartProps & { hasBegun: boolean; timeZone: string }) {
  return (
    <Group gap="sm" grow align="flex-start">
      {!hasBegun && (
        <TextInput
          type="datetime-local"
          label={requestActions.startAt(timeZone)}
          description={requestActions.startHint}
          value={draft.startAt}
          error={errorAt('startAt')}
          onChange={(event) => set({ startAt: event.currentTarget.value })}
        />
      )}
      <TextInput
        type="datetime-local"
        label={requestActions.endAt(timeZone)}
        description={requestActions.endHint}
        value={draft.endAt}
        error={errorAt('endAt')}
        onChange={(event) => set({ endAt: event.currentTarget.value })}
      />
      <NativeSelect
        label={t.onLate}
        description={<>&nbsp;</>}
        value={draft.onLate}
        data={(['SKIP', 'SEND'] as const).map((value) => ({ value, label: t.onLateWords[value] }))}
        onChange={(event) => set({ onLate: event.currentTarget.value === 'SEND' ? 'SEND' : 'SKIP' })}
      />
    </Group>
  );
}

function Pace({ draft, set, errorAt }: PartProps) {
  const { account } = useMe();
  const { data } = useQuery({
    queryKey: ['holiday-calendar-names', account?.id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/holiday-calendars', { params: { query: { limit: 500 } }, signal })),
    staleTime: 60_000,
  });
  const names = new Set([...(data?.items.map(({ name }) => name) ?? []), ...draft.holidayCalendars]);
  return (
    <Group gap="sm" grow align="flex-start">
      <NumberInput
        label={t.concurrency}
        value={draft.concurrency}
        min={1}
        max={10_000}
        allowDecimal={false}
        error={errorAt('concurrency')}
        onChange={(concurrency) => set({ concurrency })}
      />
      <NumberInput
        label={t.callsPerSecond}
        value={draft.callsPerSecond}
        min={0}
        max={10_000}
        error={errorAt('callsPerSecond')}
        onChange={(callsPerSecond) => set({ callsPerSecond })}
      />
      <MultiSelect
        size="xs"
        label={t.holidays}
        value={draft.holidayCalendars}
        data={[...names]}
        nothingFoundMessage={t.noCalendars}
        error={errorAt('holidayCalendars') ?? errorAt('holidayCalendars.0')}
        onChange={(holidayCalendars) => set({ holidayCalendars })}
      />
    </Group>
  );
}

function Retries({ draft, set, errorAt }: PartProps) {
  return (
    <Fieldset legend={t.retries} p="xs">
      <table className="request-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{t.timesHeader}</th>
            <th scope="col">{t.minutesHeader}</th>
          </tr>
        </thead>
        <tbody>
          {RETRIED.map((outcome) => {
            const rule = draft.retries[outcome];
            const word = statuses.outcome[outcome];
            const put = (change: Partial<typeof rule>): void =>
              set({ retries: { ...draft.retries, [outcome]: { ...rule, ...change } } });
            return (
              <tr key={outcome}>
                <th scope="row">{word}</th>
                <td>
                  <NumberInput
                    aria-label={t.times(word)}
                    value={rule.times}
                    min={0}
                    max={20}
                    allowDecimal={false}
                    error={errorAt(`retries.${outcome}.times`)}
                    onChange={(times) => put({ times })}
                  />
                </td>
                <td>
                  <NumberInput
                    aria-label={t.minutes(word)}
                    value={rule.minutes}
                    min={0}
                    decimalScale={3}
                    error={errorAt(`retries.${outcome}.intervalMs`)}
                    onChange={(minutes) => put({ minutes })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Fieldset>
  );
}

function SpreadPart({
  draft,
  set,
  errorAt,
  timeZone,
  isOpen,
}: PartProps & { timeZone: string; isOpen: boolean }) {
  const { spread } = draft;
  const put = (change: Partial<typeof spread>): void => set({ spread: { ...spread, ...change } });
  // An open request calls each person as they come.
  if (isOpen) return null;
  return (
    <Group gap="sm" grow align="flex-start">
      <NativeSelect
        label={t.spread}
        value={spread.kind}
        data={(['none', 'hours', 'until'] as const).map((value) => ({ value, label: t.spreadWords[value] }))}
        error={errorAt('spreadOver')}
        onChange={(event) => put({ kind: event.currentTarget.value as typeof spread.kind })}
      />
      {spread.kind === 'hours' && (
        <NumberInput
          label={t.spreadHours}
          value={spread.hours}
          min={0.1}
          error={errorAt('spreadOver.hours')}
          onChange={(hours) => put({ hours })}
        />
      )}
      {spread.kind === 'until' && (
        <TextInput
          type="datetime-local"
          label={t.spreadUntil(timeZone)}
          value={spread.until}
          error={errorAt('spreadOver.until')}
          onChange={(event) => put({ until: event.currentTarget.value })}
        />
      )}
    </Group>
  );
}
