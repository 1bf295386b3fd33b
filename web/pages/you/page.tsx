/** One's own sign-in: the password, the second factor, and the way out of everywhere. */
import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { Page } from '../../parts/page.tsx';
import { fieldErrors, ProblemAlert } from '../../parts/problem-alert.tsx';
import { you as t } from '../../strings/en/people.ts';
import { SecondFactor } from './second-factor.tsx';

export function YouPage() {
  return (
    <Page title={t.title}>
      <div className="panels">
        <section className="panel">
          <h2>{t.password}</h2>
          <PasswordForm />
        </section>
        <section className="panel">
          <h2>{t.secondFactor}</h2>
          <SecondFactor />
        </section>
        <section className="panel">
          <h2>{t.everywhere}</h2>
          <Everywhere />
        </section>
      </div>
    </Page>
  );
}

function PasswordForm() {
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: (body: { password: string; newPassword: string }) =>
      answerOf(api.POST('/session/password', { body })),
    onSuccess: () => {
      form.current?.reset();
      notifications.show({ message: t.changed });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    change.mutate({
      password: String(fields.get('password') ?? ''),
      newPassword: String(fields.get('newPassword') ?? ''),
    });
  };
  return (
    <form ref={form} onSubmit={submit}>
      <Stack gap="sm">
        <ProblemAlert error={change.error} />
        <PasswordInput
          name="password"
          label={t.current}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <PasswordInput
          name="newPassword"
          label={t.new}
          description={t.newHint}
          autoComplete="new-password"
          minLength={10}
          required
          withAsterisk={false}
          error={fieldErrors(change.error).newPassword}
        />
        <Button type="submit" loading={change.isPending} style={{ alignSelf: 'flex-start' }}>
          {t.change}
        </Button>
      </Stack>
    </form>
  );
}

function Everywhere() {
  const end = useMutation({
    mutationFn: () => answerOf(api.POST('/session/end-all', { body: {} })),
    onSuccess: () => window.location.assign('/sign-in'),
  });
  return (
    <Stack gap="sm">
      <Text size="sm">{t.everywhereText}</Text>
      <ProblemAlert error={end.error} />
      <Button
        variant="default"
        loading={end.isPending}
        onClick={() => end.mutate()}
        style={{ alignSelf: 'flex-start' }}
      >
        {t.everywhere}
      </Button>
    </Stack>
  );
}
