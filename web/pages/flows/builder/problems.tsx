/** What is wrong with the flow, each a way to the place. */
import { UnstyledButton } from '@mantine/core';
import { AlertIcon, CheckIcon, XCircleIcon } from '@primer/octicons-react';
import type { FlowProblem } from '../../../../domain/flow/problem.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { useBuilder } from './context.ts';
import { withoutPlace } from './widget-form.tsx';

const { problems: t } = builder;

export const errorsOf = (problems: readonly FlowProblem[]): FlowProblem[] =>
  problems.filter(({ severity }) => severity === 'error');

/** Such as `2 errors, 1 warning`. */
export function countsOf(problems: readonly FlowProblem[]): string {
  const errors = errorsOf(problems).length;
  const warnings = problems.length - errors;
  return [errors > 0 && t.errors(errors), warnings > 0 && t.warnings(warnings)].filter(Boolean).join(', ');
}

/** @param props.onJump called when somebody goes to one, as to close what the list stands in */
export function ProblemList({ onJump }: { onJump?: () => void }) {
  const { problems, jumpTo } = useBuilder();
  if (problems.length === 0) {
    return (
      <div className="builder-fine">
        <CheckIcon size={14} /> {t.none}
      </div>
    );
  }
  return (
    <ul className="builder-problems" aria-label={t.label}>
      {problems.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two problems may read alike.
        <li key={index} data-severity={one.severity}>
          <span className="sign" role="img" aria-label={one.severity === 'error' ? t.error : t.warning}>
            {one.severity === 'error' ? <XCircleIcon size={14} /> : <AlertIcon size={14} />}
          </span>
          <UnstyledButton
            className="where"
            disabled={one.widget === undefined}
            onClick={() => {
              if (one.widget === undefined) return;
              jumpTo(one.widget, true);
              onJump?.();
            }}
          >
            <b>{[one.widget ?? t.ofFlow, one.field].filter(Boolean).join(' · ')}</b>{' '}
            {withoutPlace(one.message)}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
