/** Asks to sign in over the page when a session has ended: what was typed stays, and the calls that waited go on. */
import { Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { signIn as t } from '../strings/en/sign-in.ts';
import { expiry, settleExpiry } from './expired.ts';
import { meQuery, useMe } from './me.ts';
import { SignInForm } from './sign-in-form.tsx';

export function SignInAgain() {
  const isExpired = useSyncExternalStore(expiry.subscribe, expiry.isExpired);
  const { user } = useMe();
  const queries = useQueryClient();
  const signedIn = async (): Promise<void> => {
    const me = await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    // What is on the page is the other person's: begin afresh.
    if (me.user?.id !== user?.id) return window.location.reload();
    settleExpiry(true);
  };
  return (
    <Modal
      opened={isExpired}
      onClose={() => settleExpiry(false)}
      title={t.againTitle}
      closeOnClickOutside={false}
    >
      <Stack gap="sm">
        <Text size="sm">{t.againText}</Text>
        {isExpired && <SignInForm {...(user && { email: user.email })} onSignedIn={() => void signedIn()} />}
      </Stack>
    </Modal>
  );
}
