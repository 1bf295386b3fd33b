/** The person who is signed in: light or dark, where to look further, and the way out. */
import { ActionIcon, Menu, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import { LinkExternalIcon, PersonIcon, ShieldLockIcon, SignOutIcon } from '@primer/octicons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answerOf, api } from '../api/client.ts';
import { useMe } from '../session/me.ts';
import { common as t } from '../strings/en/common.ts';

const SCHEMES = ['auto', 'light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];

export function UserMenu() {
  const { user, account, links } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useMutation({
    mutationFn: () => answerOf(api.POST('/session/end', { body: {} })),
    // A page loaded anew holds nothing of whoever was here.
    onSuccess: () => window.location.assign('/sign-in'),
  });
  const outside = [
    { href: '/api/docs', label: t.apiDocs },
    ...(links.temporalUi ? [{ href: links.temporalUi, label: t.temporal }] : []),
    ...(links.inbox ? [{ href: links.inbox, label: t.inbox }] : []),
  ];
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t.you}>
          <PersonIcon size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" px="sm" pt={4} fw={600} truncate>
          {user?.name}
        </Text>
        <Text size="xs" px="sm" pb={6} c="dimmed" truncate>
          {user?.email}
          {account?.role ? ` · ${account.role}` : ''}
        </Text>
        <SegmentedControl
          aria-label={t.scheme}
          size="xs"
          fullWidth
          value={colorScheme}
          onChange={(value) => setColorScheme(value as Scheme)}
          data={SCHEMES.map((value) => ({ value, label: t.schemes[value] }))}
        />
        <Menu.Divider />
        {outside.map(({ href, label }) => (
          <Menu.Item
            key={href}
            component="a"
            href={href}
            target="_blank"
            rel="noreferrer"
            leftSection={<LinkExternalIcon size={14} />}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/you" leftSection={<ShieldLockIcon size={14} />}>
          {t.security}
        </Menu.Item>
        <Menu.Item leftSection={<SignOutIcon size={14} />} onClick={() => signOut.mutate()}>
          {t.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
