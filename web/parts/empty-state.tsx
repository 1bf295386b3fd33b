/** A page with nothing on it yet: what it is for, and how to begin. */
import { Code, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  text: string;
  /** The first step, with `command` or buttons. */
  begin?: string;
  command?: string;
  children?: ReactNode;
}

export function EmptyState({ title, text, begin, command, children }: Props) {
  return (
    <Stack align="center" gap="xs" p="xl" maw="36rem" mx="auto" ta="center">
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      {begin && <Text size="sm">{begin}</Text>}
      {command && (
        <Code block tabIndex={0}>
          {command}
        </Code>
      )}
      {children}
    </Stack>
  );
}
