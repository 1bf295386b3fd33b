/** Asks for a link to set a new password. */
import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { answerOf, quietly } from '../api/client.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { forgotten as t } from '../strings/en/people.ts';
import { signIn } from '../strings/en/sign-in.ts';

interface Props {
  email: string;
  onBack(): void;
}

export function ForgottenForm({ email, onBack }: Props) {
  const ask = useMutation({
    mutationFn: (address: string) =>
      answerOf(quietly.POST('/session/forgotten', { body: { email: address } })),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    ask.mutate(String(new FormData(event.currentTarget).get('email') ?? ''));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{t.text}</Text>
        <ProblemAlert error={ask.error} />
        {ask.isSuccess && (
          <Alert color="green" variant="light" role="status">
            {t.done}
          </Alert>
        )}
        <TextInput
          name="email"
          type="email"
          label={signIn.email}
          autoComplete="username"
          defaultValue={email}
          required
          withAsterisk={false}
          size="sm"
        />
        <Button type="submit" loading={ask.isPending} size="sm">
          {t.submit}
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={onBack}>
          {t.back}
        </Anchor>
      </Stack>
    </form>
  );
}
