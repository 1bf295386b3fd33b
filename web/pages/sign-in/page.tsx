/** The sign-in page. Leads on to where somebody wanted to go. */
import { Center, Group, Paper, Stack, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { meQuery } from '../../session/me.ts';
import { SignInForm } from '../../session/sign-in-form.tsx';
import { common } from '../../strings/en/common.ts';
import { signIn as t } from '../../strings/en/sign-in.ts';

export function SignInPage() {
  const { to } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const queries = useQueryClient();
  useEffect(() => {
    document.title = `${t.title} · ${common.product}`;
  }, []);
  const signedIn = async (): Promise<void> => {
    await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    router.history.push(to ?? '/requests');
  };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder p="lg" w="100%" maw={360} radius="md">
        <Stack gap="md">
          <Group gap="xs">
            <img src="/icon.svg" alt="" width={28} height={28} />
            <Title order={1}>{common.product}</Title>
          </Group>
          <SignInForm onSignedIn={() => void signedIn()} />
        </Stack>
      </Paper>
    </Center>
  );
}
