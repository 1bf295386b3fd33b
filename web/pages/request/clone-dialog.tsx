/** The same people again as a new request, whole or in part. */
import { NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { components, RequestDetail } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { useNumbers } from '../../parts/numbers.ts';
import { fieldErrors } from '../../parts/problem-alert.tsx';
import { useMe } from '../../session/me.ts';
import { requestActions } from '../../strings/en/request-actions.ts';

const { cloneForm: t } = requestActions;
type Options = components['schemas']['CloneOptions'];
type Result = NonNullable<NonNullable<Options['only']>['results']>[number];

const WHICH = ['all', 'accepted', 'rejected'] as const;
type Which = (typeof WHICH)[number];

export function CloneDialog({ request, onClose }: { request: RequestDetail; onClose(): void }) {
  const timeZone = useMe().account?.timeZone ?? 'UTC';
  const [which, setWhich] = useState<Which>('all');
  const [startAt, setStartAt] = useState('');
  const navigate = useNavigate();
  const numbers = useNumbers();
  const malformed = request.rejected.MALFORMED_ROW ?? 0;
  /** Those that can be read again, by result. */
  const rejected = Object.entries(request.rejected).filter(
    ([result, n]) => result !== 'MALFORMED_ROW' && n > 0,
  );
  const rejectedRows = rejected.reduce((sum, [, count]) => sum + count, 0);
  const people = { all: request.added + rejectedRows, accepted: request.added, rejected: rejectedRows }[
    which
  ];
  const clone = useMutation({
    mutationFn: () => {
      const results = which === 'accepted' ? ['ACCEPTED'] : rejected.map(([result]) => result);
      const body: Options = {
        ...(startAt !== '' && { startAt }),
        ...(which !== 'all' && { only: { results: results as Result[] } }),
      };
      return answerOf(api.POST('/requests/{id}/clone', { params: { path: { id: request.id } }, body }));
    },
    onSuccess: ({ requests: [made] }) => {
      onClose();
      if (!made) return;
      notifications.show({ message: t.done(made.id) });
      void navigate({ to: '/requests/$id', params: { id: String(made.id) } });
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t.title}
      text={malformed > 0 ? `${t.text} ${t.malformed(numbers.count(malformed))}` : t.text}
      people={people}
      confirm={t.start}
      isPending={clone.isPending}
      error={clone.error}
      onConfirm={() => clone.mutate()}
    >
      <NativeSelect
        label={t.which}
        value={which}
        data={WHICH.filter((one) => one !== 'rejected' || rejectedRows > 0).map((value) => ({
          value,
          label: t[value],
        }))}
        onChange={(event) => setWhich(WHICH.find((one) => one === event.currentTarget.value) ?? 'all')}
      />
      <TextInput
        type="datetime-local"
        label={requestActions.startAt(timeZone)}
        description={requestActions.startHint}
        value={startAt}
        error={fieldErrors(clone.error).startAt}
        onChange={(event) => setStartAt(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
