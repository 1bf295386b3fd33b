/** What stands around every page: sections, search, account, and the person who is signed in. */
import { AppShell, Burger, Group, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMay } from '../session/me.ts';
import { SignInAgain } from '../session/sign-in-again.tsx';
import { common as t } from '../strings/en/common.ts';
import { AccountSwitch } from './account-switch.tsx';
import { KeyHelp } from './key-help.tsx';
import { SearchBox } from './search-box.tsx';
import { SECTIONS } from './sections.ts';
import { UserMenu } from './user-menu.tsx';

const CONTENT = 'content';

export function Frame() {
  const [isOpen, nav] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { close } = nav;
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone the sections make room for the page they led to.
  useEffect(close, [path]);
  return (
    <AppShell
      header={{ height: 44 }}
      navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={0}
    >
      <a className="skip-link" href={`#${CONTENT}`}>
        {t.skipToContent}
      </a>
      <AppShell.Header>
        <Group h="100%" px="sm" gap="xs" wrap="nowrap">
          <Burger
            opened={isOpen}
            onClick={nav.toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={t.openNavigation}
          />
          <Group gap={6} wrap="nowrap" visibleFrom="sm">
            <img src="/icon.svg" alt="" width={22} height={22} />
            <Text fw={700}>{t.product}</Text>
          </Group>
          <SearchBox />
          <Group gap={4} ml="auto" wrap="nowrap">
            <AccountSwitch />
            <KeyHelp />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label={t.mainNavigation} p={4}>
        <Sections path={path} />
      </AppShell.Navbar>
      <AppShell.Main id={CONTENT} tabIndex={-1} className="frame-main">
        <Outlet />
      </AppShell.Main>
      <SignInAgain />
    </AppShell>
  );
}

function Sections({ path }: { path: string }) {
  const may = useMay();
  return SECTIONS.map((group) => {
    const shown = group.sections.filter(({ scope }) => may(scope));
    if (shown.length === 0) return null;
    return (
      <div key={group.label}>
        <div className="nav-title">{group.label}</div>
        {shown.map(({ to, label, icon: Icon }) => {
          const isHere = path === to || path.startsWith(`${to}/`);
          return (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={label}
              leftSection={<Icon size={16} />}
              active={isHere}
              {...(isHere && { 'aria-current': 'page' as const })}
            />
          );
        })}
      </div>
    );
  });
}
