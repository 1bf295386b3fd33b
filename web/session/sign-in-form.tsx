/** Email and password, then a code where a second factor is on: on the sign-in page, and over a page whose session ended. */
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ClarionError } from '../../client/index.ts';
import { answerOf, quietly } from '../api/client.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { forgotten } from '../strings/en/people.ts';
import { signIn as t } from '../strings/en/sign-in.ts';
import { ForgottenForm } from './forgotten-form.tsx';

interface Props {
  /** Filled in, where it is known who is to sign in. */
  email?: string;
  onSignedIn(): void;
}

type Step = 'password' | 'forgotten' | 'code' | 'recovery';

export function SignInForm({ email, onSignedIn }: Props) {
  const [step, setStep] = useState<Step>('password');
  /** Not asked for twice. */
  const [typed, setTyped] = useState(email ?? '');
  const password = useMutation({
    mutationFn: (body: { email: string; password: string }) => answerOf(quietly.POST('/session', { body })),
    onSuccess: ({ secondFactor }) => (secondFactor ? setStep('code') : onSignedIn()),
  });
  const code = useMutation({
    mutationFn: (body: { code: string } | { recoveryCode: string }) =>
      answerOf(quietly.POST('/session/code', { body })),
    onSuccess: onSignedIn,
    onError: (error) => {
      const isOver = error instanceof ClarionError && error.problem?.code === 'SIGN_IN_EXPIRED';
      if (isOver) setStep('password');
    },
  });
  const read = (event: FormEvent<HTMLFormElement>): ((name: string) => string) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    return (name) => String(fields.get(name) ?? '').trim();
  };

  if (step === 'forgotten') return <ForgottenForm email={typed} onBack={() => setStep('password')} />;
  if (step === 'password') {
    return (
      <form
        onSubmit={(event) => {
          const field = read(event);
          code.reset();
          password.mutate({ email: field('email'), password: field('password') });
        }}
      >
        <Stack gap="sm">
          <ProblemAlert error={password.error ?? code.error} />
          <TextInput
            name="email"
            type="email"
            label={t.email}
            autoComplete="username"
            defaultValue={typed}
            onBlur={(event) => setTyped(event.currentTarget.value)}
            required
            withAsterisk={false}
            data-autofocus={email === undefined || undefined}
            size="sm"
          />
          <PasswordInput
            name="password"
            label={t.password}
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus={email !== undefined || undefined}
            size="sm"
          />
          <Button type="submit" loading={password.isPending} size="sm">
            {t.submit}
          </Button>
          <Anchor component="button" type="button" size="sm" onClick={() => setStep('forgotten')}>
            {forgotten.link}
          </Anchor>
        </Stack>
      </form>
    );
  }
  const isCode = step === 'code';
  return (
    <form
      key={step}
      onSubmit={(event) => {
        const field = read(event);
        code.mutate(isCode ? { code: field('code') } : { recoveryCode: field('code') });
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{isCode ? t.codeText : t.recoveryText}</Text>
        <ProblemAlert error={code.error} />
        <TextInput
          name="code"
          label={isCode ? t.code : t.recoveryCode}
          inputMode={isCode ? 'numeric' : 'text'}
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          autoFocus
          size="sm"
        />
        <Button type="submit" loading={code.isPending} size="sm">
          {t.confirm}
        </Button>
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => setStep(isCode ? 'recovery' : 'code')}
        >
          {isCode ? t.useRecovery : t.useCode}
        </Anchor>
      </Stack>
    </form>
  );
}
