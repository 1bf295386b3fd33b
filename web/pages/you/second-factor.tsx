/** The second factor, from nothing to on and back: password, secret and recovery codes, first code. */
import { Button, Code, Group, PasswordInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { encode } from 'uqr';
import { answerOf, api } from '../../api/client.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { meQuery, useMe } from '../../session/me.ts';
import { you as t } from '../../strings/en/people.ts';

export function SecondFactor() {
  const { user } = useMe();
  return user?.secondFactor ? <SwitchedOn /> : <SwitchedOff />;
}

function SwitchedOff() {
  const queries = useQueryClient();
  const begin = useMutation({
    mutationFn: (password: string) => answerOf(api.POST('/session/second-factor', { body: { password } })),
  });
  const confirm = useMutation({
    mutationFn: (code: string) => answerOf(api.POST('/session/second-factor/confirm', { body: { code } })),
    onSuccess: async () => {
      notifications.show({ message: t.switchedOn });
      await queries.invalidateQueries(meQuery);
    },
  });
  if (!begin.data) {
    return (
      <Stack gap="sm">
        <Text size="sm">{t.isOff}</Text>
        <WithPassword
          submit={t.begin}
          isPending={begin.isPending}
          error={begin.error}
          onSubmit={(password) => begin.mutate(password)}
        />
      </Stack>
    );
  }
  const { uri, recoveryCodes } = begin.data;
  return (
    <form
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        confirm.mutate(String(new FormData(event.currentTarget).get('code') ?? ''));
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t.scan}</Text>
        <QrCode text={uri} label={t.qr} />
        <Text size="sm">
          {t.secret}: <Code>{new URL(uri).searchParams.get('secret')}</Code>
        </Text>
        <RecoveryCodes codes={recoveryCodes} />
        <ProblemAlert error={confirm.error} />
        <TextInput
          name="code"
          label={t.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={confirm.isPending} style={{ alignSelf: 'flex-start' }}>
          {t.confirm}
        </Button>
      </Stack>
    </form>
  );
}

function SwitchedOn() {
  const queries = useQueryClient();
  const [wants, setWants] = useState<'end' | 'codes' | undefined>();
  const end = useMutation({
    mutationFn: (password: string) =>
      answerOf(api.POST('/session/second-factor/end', { body: { password } })),
    onSuccess: async () => {
      notifications.show({ message: t.ended });
      await queries.invalidateQueries(meQuery);
    },
  });
  const renew = useMutation({
    mutationFn: (password: string) =>
      answerOf(api.POST('/session/second-factor/recovery-codes', { body: { password } })),
    onSuccess: () => setWants(undefined),
  });
  const asked = wants === 'end' ? end : renew;
  return (
    <Stack gap="sm">
      <Text size="sm">{t.isOn}</Text>
      {renew.data && <RecoveryCodes codes={renew.data.recoveryCodes} />}
      {wants ? (
        <WithPassword
          submit={wants === 'end' ? t.end : t.newCodes}
          isPending={asked.isPending}
          error={asked.error}
          onSubmit={(password) => asked.mutate(password)}
        />
      ) : (
        <Group gap="xs">
          <Button variant="default" onClick={() => setWants('codes')}>
            {t.newCodes}
          </Button>
          <Button variant="default" onClick={() => setWants('end')}>
            {t.end}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface WithPasswordProps {
  submit: string;
  isPending: boolean;
  error: unknown;
  onSubmit(password: string): void;
}

/** What changes how one signs in asks for the password once more. */
function WithPassword({ submit, isPending, error, onSubmit }: WithPasswordProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(String(new FormData(event.currentTarget).get('password') ?? ''));
      }}
    >
      <Stack gap="sm">
        <ProblemAlert error={error} />
        <PasswordInput
          name="password"
          label={t.current}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" variant="default" loading={isPending} style={{ alignSelf: 'flex-start' }}>
          {submit}
        </Button>
      </Stack>
    </form>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {t.recovery}
      </Text>
      <Text size="sm">{t.recoveryText}</Text>
      <SimpleGrid cols={2} spacing={4} mt={4}>
        {codes.map((code) => (
          <Code key={code}>{code}</Code>
        ))}
      </SimpleGrid>
    </div>
  );
}

/** Dark on light in every scheme: cameras ask for it. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width={168} height={168} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
