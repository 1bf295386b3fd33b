/** Asks whom to invite, and as what. */
import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { components } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { fieldErrors, ProblemAlert } from '../../parts/problem-alert.tsx';
import { common } from '../../strings/en/common.ts';
import { users as t } from '../../strings/en/people.ts';

type NewUser = components['schemas']['NewUser'];

export const ROLES = ['owner', 'manager', 'supervisor', 'agent', 'viewer'] as const;
export const ROLE_CHOICES = ROLES.map((value) => ({ value, label: t.roles[value] }));

interface Props {
  opened: boolean;
  onClose(): void;
  onDone(): void;
}

export function InviteDialog({ opened, onClose, onDone }: Props) {
  const invite = useMutation({
    mutationFn: (body: NewUser) => answerOf(api.POST('/users', { body })),
    onSuccess: ({ email, status }) => {
      notifications.show({ message: status === 'INVITED' ? t.invited(email) : t.joined(email) });
      onDone();
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const field = (name: string): string => String(fields.get(name) ?? '').trim();
    const role = ROLES.find((one) => one === field('role')) ?? 'viewer';
    invite.mutate({ name: field('name'), email: field('email'), role });
  };
  const errors = fieldErrors(invite.error);
  return (
    <Modal opened={opened} onClose={onClose} title={t.invite} onExitTransitionEnd={invite.reset}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{t.inviteText}</Text>
          <ProblemAlert error={invite.error} />
          <TextInput
            name="name"
            label={t.name}
            required
            withAsterisk={false}
            error={errors.name}
            data-autofocus
          />
          <TextInput
            name="email"
            type="email"
            label={t.email}
            required
            withAsterisk={false}
            error={errors.email}
          />
          <NativeSelect name="role" label={t.role} data={ROLE_CHOICES} defaultValue="supervisor" />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={invite.isPending}>
              {t.send}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
