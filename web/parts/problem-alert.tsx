/** An error as people need it: what went wrong, field by field, and what to do next. */
import { Alert, Button, List, Text } from '@mantine/core';
import { ClarionError } from '../../client/index.ts';
import { common } from '../strings/en/common.ts';
import { problems as t } from '../strings/en/problems.ts';

interface Props {
  /** Of a query or a mutation; nothing is shown without one. */
  error: unknown;
  /** Offers to try again. */
  onRetry?: (() => void) | undefined;
}

export function ProblemAlert({ error, onRetry }: Props) {
  if (error === null || error === undefined) return null;
  const { title, detail, next, fields, reference } = wordsFor(error);
  return (
    <Alert color="red" variant="light" title={title} role="alert" classNames={{ title: 'problem-title' }}>
      <Text size="sm">{detail}</Text>
      {fields.length > 0 && (
        <List size="sm" mt={4} aria-label={t.fields}>
          {fields.map(({ field, message }) => (
            <List.Item key={`${field} ${message}`}>
              <b>{field}</b> {message}
            </List.Item>
          ))}
        </List>
      )}
      {next && (
        <Text size="sm" mt={4}>
          {next}
        </Text>
      )}
      {reference && (
        <Text size="xs" mt={4}>
          {t.reference}: <code>{reference}</code>
        </Text>
      )}
      {onRetry && (
        <Button mt="xs" variant="default" onClick={onRetry}>
          {common.retry}
        </Button>
      )}
    </Alert>
  );
}

interface Words {
  title: string;
  detail: string;
  next: string | undefined;
  fields: readonly { field: string; message: string }[];
  reference: string | undefined;
}

function wordsFor(error: unknown): Words {
  const none = { next: undefined, fields: [], reference: undefined };
  if (error instanceof ClarionError) {
    const { problem } = error;
    if (!problem) return { ...none, title: t.title, detail: t.unreadable };
    // One field's fault is in the detail already.
    const fields = problem.errors && problem.errors.length > 1 ? problem.errors : [];
    return {
      title: problem.title,
      detail: problem.detail,
      next: t.next[problem.code],
      fields,
      reference: problem.reference,
    };
  }
  // `fetch` has this for every failure of the network.
  if (error instanceof TypeError) return { ...none, title: t.unreachableTitle, detail: t.unreachable };
  return { ...none, title: t.title, detail: error instanceof Error ? error.message : String(error) };
}

/** Messages by field, for the inputs of a form that was refused. */
export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ClarionError)) return {};
  return Object.fromEntries((error.problem?.errors ?? []).map(({ field, message }) => [field, message]));
}
