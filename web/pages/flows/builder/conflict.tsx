/** Two drafts of one flow: whose stays is for people to say, with both before them. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { Flow } from '../../../../client/index.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { builder } from '../../../strings/en/flow-builder.ts';
import { useBuilder } from './context.ts';
import { Differences } from './differences.tsx';
import { type Draft, readDraft } from './draft.ts';
import { download } from './json-view.tsx';
import { isChanged, type Saving } from './saving.ts';

const { conflict: t } = builder;

interface Props {
  saving: Saving;
  theirs: Flow;
  onTheirs(draft: Draft): void;
}

export function ConflictDialogue({ saving, theirs, onTheirs }: Props) {
  const { draft } = useBuilder();
  const { save } = saving;
  const take = (): void => {
    const theirDraft = readDraft(theirs.definition);
    // A draft that cannot be shown as widgets is opened as JSON.
    if (!theirDraft) {
      window.location.reload();
      return;
    }
    saving.takeTheirs(theirs, theirDraft);
    onTheirs(theirDraft);
  };
  return (
    <Modal opened onClose={saving.letBe} title={t.title} size="xl">
      <Stack gap="sm">
        <Text size="sm">{t.text}</Text>
        <Text size="sm" fw={600}>
          {t.differences}
        </Text>
        <Differences before={theirs.definition} after={draft} />
        <ProblemAlert error={isChanged(save.error) ? null : save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={saving.letBe} data-autofocus>
            {t.later}
          </Button>
          <Button variant="default" onClick={() => download(saving.flow.name, draft)}>
            {t.download}
          </Button>
          <Button variant="default" onClick={take}>
            {t.theirs}
          </Button>
          <Button
            color="red"
            loading={save.isPending}
            onClick={() => save.mutate({ draft, over: theirs.revision })}
          >
            {t.mine}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
