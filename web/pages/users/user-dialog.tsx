/** One person: the role, a new link, out and in again. */
import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { users as t } from '../../strings/en/people.ts';
import { ROLE_CHOICES, ROLES } from './invite-dialog.tsx';

type User = components['schemas']['User'];
type Change = components['schemas']['UserChange'];

interface Props {
  /** Absent: closed. */
  user: User | undefined;
  onClose(): void;
  onDone(): void;
}

export function UserDialog({ user, onClose, onDone }: Props) {
  const id = user?.id ?? 0;
  const [role, setRole] = useState(user?.role);
  const [isAsking, setAsking] = useState(false);
  const done = (message: string): void => {
    notifications.show({ message });
    onDone();
    onClose();
  };
  const change = useMutation({
    mutationFn: (body: Change) => answerOf(api.PATCH('/users/{id}', { params: { path: { id } }, body })),
    onSuccess: ({ name, status }, { disabled }) => {
      setAsking(false);
      if (disabled === undefined) done(t.saved(name));
      else done(status === 'DISABLED' ? t.disabled(name) : t.enabled(name));
    },
  });
  const link = useMutation({
    mutationFn: () => answerOf(api.POST('/users/{id}/invite', { params: { path: { id } } })),
    onSuccess: () => done(t.againDone),
  });
  if (!user) return null;
  const isOut = user.status === 'DISABLED';
  return (
    <>
      <Modal opened={!isAsking} onClose={onClose} title={t.edit(user.name)}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {user.email}
          </Text>
          {user.status === 'INVITED' && user.invitation === 'FAILED' && (
            <Text size="sm">{t.invitationFailed}</Text>
          )}
          <ProblemAlert error={change.error ?? link.error} />
          <NativeSelect
            label={t.role}
            data={ROLE_CHOICES}
            value={role ?? user.role}
            onChange={(event) => setRole(ROLES.find((one) => one === event.currentTarget.value))}
          />
          <Group gap="xs">
            <Button
              variant="default"
              loading={change.isPending}
              onClick={() => (isOut ? change.mutate({ disabled: false }) : setAsking(true))}
            >
              {isOut ? t.enable : t.disable}
            </Button>
            <Button variant="default" loading={link.isPending} onClick={() => link.mutate()}>
              {t.again}
            </Button>
            <Button
              ml="auto"
              disabled={role === user.role || !role}
              loading={change.isPending}
              onClick={() => role && change.mutate({ role })}
            >
              {t.save}
            </Button>
          </Group>
        </Stack>
      </Modal>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t.disable}
        text={t.disableText}
        people={1}
        confirm={t.disable}
        isDangerous
        isPending={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate({ disabled: true })}
      />
    </>
  );
}
