/** Publishing: what it means for whoever is being called, and why it cannot be done yet. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { useMe } from '../../../session/me.ts';
import { common } from '../../../strings/en/common.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { versionsQuery } from '../data.ts';
import { useBuilder } from './context.ts';
import { errorsOf, ProblemList } from './problems.tsx';
import { isChanged, type Saving } from './saving.ts';

const { publishing: t } = builder;

interface Props {
  saving: Saving;
  isDirty: boolean;
  onClose(): void;
}

export function PublishDialogue({ saving, isDirty, onClose }: Props) {
  const { draft, problems } = useBuilder();
  const { flow, save } = saving;
  const { account } = useMe();
  const { data: versions } = useQuery({ ...versionsQuery(account?.id, flow.id), staleTime: 0 });
  const publish = useMutation({
    mutationFn: async () => {
      const seen = isDirty ? await save.mutateAsync({ draft }) : flow;
      return answerOf(
        api.POST('/flows/{id}/publish', {
          params: { path: { id: flow.id }, query: { revision: seen.revision } },
        }),
      );
    },
    onSuccess: ({ version }) => {
      notifications.show({ message: t.done(version), autoClose: 4000 });
      void saving.refresh();
      onClose();
    },
    onError: (error) => {
      if (!isChanged(error)) return;
      void saving.meet(error);
      onClose();
    },
  });
  const live = (versions?.items ?? []).filter(({ liveRequests }) => liveRequests > 0);
  const running = live.reduce((sum, one) => sum + one.liveRequests, 0);
  const [only] = live;
  if (errorsOf(problems).length > 0) {
    return (
      <Modal opened onClose={onClose} title={t.refused} size="lg">
        <ProblemList onJump={onClose} />
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title={t.title(flow.name)}>
      <Stack gap="sm">
        <Text size="sm">{t.text((versions?.items[0]?.version ?? flow.publishedVersion ?? 0) + 1)}</Text>
        {running > 0 && (
          <Text size="sm" fw={600}>
            {live.length === 1 && only ? t.running(running, only.version) : t.runningAll(running)}
          </Text>
        )}
        {saving.about.transactional && <Text size="sm">{t.transactional}</Text>}
        {problems.length > 0 && <ProblemList onJump={onClose} />}
        <ProblemAlert error={isChanged(publish.error) ? null : publish.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button loading={publish.isPending} onClick={() => publish.mutate()} data-autofocus>
            {t.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
