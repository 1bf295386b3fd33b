/** Asks before changes are lost by leaving the flow; within it nothing is lost. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { builder } from '../../../strings/en/flow-builder.ts';
import { useBuilder } from './context.ts';
import { isChanged, type Saving } from './saving.ts';

const { leaving: t } = builder;

export function LeavingDialogue({ isDirty, saving }: { isDirty: boolean; saving: Saving }) {
  const { draft } = useBuilder();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  const { save } = saving;
  return (
    <Modal opened onClose={blocker.reset} title={t.title}>
      <Stack gap="sm">
        <Text size="sm">{t.text}</Text>
        <ProblemAlert error={isChanged(save.error) ? null : save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={blocker.reset} data-autofocus>
            {t.stay}
          </Button>
          <Button variant="default" color="red" onClick={blocker.proceed}>
            {t.leave}
          </Button>
          <Button
            loading={save.isPending}
            onClick={() => save.mutate({ draft }, { onSuccess: blocker.proceed, onError: blocker.reset })}
          >
            {t.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
