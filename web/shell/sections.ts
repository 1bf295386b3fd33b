/** The sections of the navigation, in order. One that has no page yet is not here; one that a role may not see is hidden. */
import { type Icon, ListUnorderedIcon, PeopleIcon, WorkflowIcon } from '@primer/octicons-react';
import { sections as t } from '../strings/en/sections.ts';

export interface Section {
  to: string;
  label: string;
  icon: Icon;
  /** Without it the section is not shown. */
  scope: string;
  /** `g` and this key go there. */
  key?: string;
}

export interface SectionGroup {
  label: string;
  sections: readonly Section[];
}

export const SECTIONS: readonly SectionGroup[] = [
  {
    label: t.campaigns,
    sections: [
      { to: '/requests', label: t.requests, icon: ListUnorderedIcon, scope: 'requests:read', key: 'r' },
      { to: '/flows', label: t.flows, icon: WorkflowIcon, scope: 'flows:read', key: 'f' },
    ],
  },
  {
    label: t.account,
    sections: [{ to: '/users', label: t.users, icon: PeopleIcon, scope: 'users:read', key: 'u' }],
  },
];
