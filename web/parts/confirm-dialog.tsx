/** Asks before something that cannot be taken back, and says how many people it touches. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { common } from '../strings/en/common.ts';
import { useNumbers } from './numbers.ts';
import { ProblemAlert } from './problem-alert.tsx';

interface Props {
  opened: boolean;
  onClose(): void;
  title: string;
  /** What will happen, in a sentence. */
  text: string;
  /** How many people it touches; absent where it touches none. */
  people?: number | undefined;
  confirm: string;
  isDangerous?: boolean;
  isPending: boolean;
  /** Of the last try; the dialogue stays open with it. */
  error: unknown;
  onConfirm(): void;
  children?: ReactNode;
}

export function ConfirmDialog(props: Props) {
  const numbers = useNumbers();
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      <Stack gap="sm">
        <Text size="sm">{props.text}</Text>
        {props.people !== undefined && (
          <Text size="sm" fw={600}>
            {common.touches(numbers.count(props.people))}
          </Text>
        )}
        {props.children}
        <ProblemAlert error={props.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {common.cancel}
          </Button>
          <Button
            {...(props.isDangerous && { color: 'red' })}
            loading={props.isPending}
            onClick={props.onConfirm}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
