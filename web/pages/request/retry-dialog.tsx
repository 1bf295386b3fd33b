/** Calls the unreached of an ended request again, as a new one: which of them, and how many people that is. */
import { Button, Checkbox, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { components, RequestDetail } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { useNumbers } from '../../parts/numbers.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useMe } from '../../session/me.ts';
import { common } from '../../strings/en/common.ts';
import { requestActions } from '../../strings/en/request-actions.ts';
import { statuses, wordFor } from '../../strings/en/statuses.ts';
import { retryQuery } from './data.ts';

const { retryForm: t } = requestActions;
type Options = components['schemas']['RetryOptions'];
type Outcome = NonNullable<Options['outcomes']>[number];

export function RetryDialog({ request, onClose }: { request: RequestDetail; onClose(): void }) {
  const { account } = useMe();
  const { data, error, refetch } = useQuery(retryQuery(account?.id, request.id));
  const [given, setChosen] = useState<string[]>();
  const [withUnknown, setUnknown] = useState(false);
  const [again, setAgain] = useState(false);
  const navigate = useNavigate();
  const numbers = useNumbers();
  const start = useMutation({
    mutationFn: (body: Options) =>
      answerOf(api.POST('/requests/{id}/retry-failures', { params: { path: { id: request.id } }, body })),
    onSuccess: ({ requests: [made] }) => {
      onClose();
      if (!made) return;
      notifications.show({ message: t.done(made.id) });
      void navigate({ to: '/requests/$id', params: { id: String(made.id) } });
    },
  });
  const failures = data?.failures ?? {};
  /** Requests that call people of an outcome again already. */
  const takenBy = (outcome: string): number | undefined =>
    data?.retries.find((one) => one.outcomes === null || one.outcomes.some((other) => other === outcome))
      ?.requestId;
  const isFree = (outcome: string): boolean => again || takenBy(outcome) === undefined;
  const chosen = (given ?? Object.keys(failures)).filter(isFree);
  const isUnknownTaken = withUnknown && isFree('UNKNOWN');
  const people =
    chosen.reduce((sum, outcome) => sum + (failures[outcome] ?? 0), 0) +
    (isUnknownTaken ? (data?.unknown ?? 0) : 0);
  const isAnyTaken = Object.keys(failures).some((outcome) => takenBy(outcome) !== undefined);
  return (
    <Modal opened onClose={onClose} title={t.title}>
      <Stack gap="sm">
        <Text size="sm">{t.text}</Text>
        <ProblemAlert error={error} onRetry={() => void refetch()} />
        {!data && !error && <Skeleton height={90} />}
        {data && (
          <>
            {Object.keys(failures).length === 0 && <Text size="sm">{t.none}</Text>}
            <Checkbox.Group label={t.outcomes} value={chosen} onChange={setChosen}>
              <Stack gap={6} mt={4}>
                {Object.entries(failures).map(([outcome, count]) => {
                  const by = takenBy(outcome);
                  return (
                    <Checkbox
                      key={outcome}
                      value={outcome}
                      label={t.choice(wordFor(statuses.outcome, outcome), numbers.count(count))}
                      description={by === undefined ? undefined : t.taken(by)}
                      disabled={!isFree(outcome)}
                    />
                  );
                })}
              </Stack>
            </Checkbox.Group>
            {data.unknown > 0 && (
              <Checkbox
                label={t.unknown(numbers.count(data.unknown))}
                checked={isUnknownTaken}
                disabled={!isFree('UNKNOWN')}
                onChange={(event) => setUnknown(event.currentTarget.checked)}
              />
            )}
            {isAnyTaken && (
              <Checkbox
                label={t.again}
                checked={again}
                onChange={(event) => setAgain(event.currentTarget.checked)}
              />
            )}
            <Text size="sm" fw={600} aria-live="polite">
              {common.touches(numbers.count(people))}
            </Text>
          </>
        )}
        <ProblemAlert error={start.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button
            loading={start.isPending}
            disabled={people === 0}
            onClick={() =>
              start.mutate({
                ...(chosen.length > 0 && { outcomes: chosen as Outcome[] }),
                ...(isUnknownTaken && { includeUnknown: true }),
                ...(again && { again: true }),
              })
            }
          >
            {t.start}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
