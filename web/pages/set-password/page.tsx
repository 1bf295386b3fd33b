/** Where a mailed link leads: a password is chosen, by an invitation or after one was forgotten. */
import { Alert, Button, Center, Group, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { answerOf, quietly } from '../../api/client.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { common } from '../../strings/en/common.ts';
import { setPassword as t, you } from '../../strings/en/people.ts';

export function SetPasswordPage() {
  // Behind the number sign, where no server sees it; taken once, and then out of the address.
  const [token] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    document.title = `${t.title} · ${common.product}`;
    window.history.replaceState(window.history.state, '', window.location.pathname);
  }, []);
  const save = useMutation({
    mutationFn: (newPassword: string) =>
      answerOf(quietly.POST('/session/set-password', { body: { token, newPassword } })),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save.mutate(String(new FormData(event.currentTarget).get('password') ?? ''));
  };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder p="lg" w="100%" maw={380} radius="md">
        <Stack gap="md">
          <Group gap="xs">
            <img src="/icon.svg" alt="" width={28} height={28} />
            <Title order={1}>{save.isSuccess ? t.doneTitle : t.title}</Title>
          </Group>
          {save.isSuccess ? (
            <>
              <Text size="sm">{t.done}</Text>
              <Button component={Link} to="/sign-in" size="sm">
                {t.signIn}
              </Button>
            </>
          ) : token === '' ? (
            <Alert color="yellow" variant="light">
              {t.noToken}
            </Alert>
          ) : (
            <form onSubmit={submit}>
              <Stack gap="sm">
                <Text size="sm">{t.text}</Text>
                <ProblemAlert error={save.error} />
                <PasswordInput
                  name="password"
                  label={t.password}
                  description={you.newHint}
                  autoComplete="new-password"
                  minLength={10}
                  required
                  withAsterisk={false}
                  size="sm"
                />
                <Button type="submit" loading={save.isPending} size="sm">
                  {t.submit}
                </Button>
              </Stack>
            </form>
          )}
        </Stack>
      </Paper>
    </Center>
  );
}
