/** One flow: its draft to be built, settings, variables, versions, and the same as JSON. */
import './without-eval.ts';
import './builder.css';
import { Anchor, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Flow } from '../../../../client/index.ts';
import { Page } from '../../../parts/page.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { useMe } from '../../../session/me.ts';
import { builder as t } from '../../../strings/en/flow-builder.ts';
import { flows } from '../../../strings/en/flows.ts';
import { flowQuery } from '../data.ts';
import { type Draft, readDraft } from './draft.ts';
import { FlowEditor } from './editor.tsx';
import { JsonText } from './json-view.tsx';

export function FlowPage() {
  const id = Number(useParams({ from: '/frame/flows/$id' }).id);
  const { account } = useMe();
  const { data, error, refetch } = useQuery(flowQuery(account?.id, id));
  if (data) return <Opened key={`${account?.id} ${id}`} flow={data} />;
  return (
    <Page title={flows.title}>
      <BackLink />
      <ProblemAlert error={error} onRetry={() => void refetch()} />
      {!error && <Skeleton style={{ flex: 1 }} aria-busy="true" />}
    </Page>
  );
}

export function BackLink() {
  return (
    <Anchor component={Link} to="/flows" size="sm">
      {t.back}
    </Anchor>
  );
}

/** A draft that is no object of widgets, as any program may have stored one, is mended as JSON first. */
function Opened({ flow }: { flow: Flow }) {
  // What was seen first: later answers to the same question do not change what somebody edits.
  const [first] = useState(flow);
  const [draft, setDraft] = useState<Draft | undefined>(() => readDraft(first.definition));
  if (draft)
    return (
      <FlowEditor
        flow={first}
        initial={draft}
        isMended={draft !== undefined && !readDraft(first.definition)}
      />
    );
  return (
    <Page title={first.name}>
      <BackLink />
      <ProblemAlert error={new Error(t.notWidgets)} />
      <JsonText value={first.definition} onApply={setDraft} isReadOnly={false} />
    </Page>
  );
}
