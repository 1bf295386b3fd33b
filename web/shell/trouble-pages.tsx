/** Addresses that lead nowhere, and pages that broke. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ClarionError } from '../../client/index.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { common as t } from '../strings/en/common.ts';

export function NotFoundPage() {
  return (
    <Page title={t.notFoundTitle}>
      <EmptyState title={t.notFoundTitle} text={t.notFoundText}>
        <Button component={Link} to="/requests" variant="default">
          {t.notFoundBack}
        </Button>
      </EmptyState>
    </Page>
  );
}

export function CrashPage({ error }: { error: unknown }) {
  const isKnown = error instanceof ClarionError || error instanceof TypeError;
  return (
    <Page title={t.crashTitle}>
      {isKnown && <ProblemAlert error={error} />}
      <EmptyState title={t.crashTitle} text={t.crashText}>
        <Button variant="default" onClick={() => window.location.reload()}>
          {t.reload}
        </Button>
      </EmptyState>
    </Page>
  );
}
