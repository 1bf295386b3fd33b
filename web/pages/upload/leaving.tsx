/** Asks before lists that were not launched are lost by leaving the page. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { upload } from '../../strings/en/upload.ts';

const { leaving: t } = upload;

export function LeavingDialogue({ isDirty, isSending }: { isDirty: boolean; isSending: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Modal opened onClose={blocker.reset} title={t.title}>
      <Stack gap="sm">
        <Text size="sm">{isSending ? t.textSending : t.text}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={blocker.reset} data-autofocus>
            {t.stay}
          </Button>
          <Button color="red" onClick={blocker.proceed}>
            {t.leave}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
