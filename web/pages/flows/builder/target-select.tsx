/** Where a way out leads: to a widget, to a new one, or to the end of the call. Connecting without a mouse. */
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { KINDS } from '../../../../domain/flow/registry.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { untargeted, widgetName } from '../../../strings/en/flow-widgets.ts';
import { useBuilder } from './context.ts';
import { connect, type Exit } from './draft.ts';
import { readingOrder } from './layout.ts';

const { form: t } = builder;
const NEW = 'new:';
const AT = 'at:';

/** A start is where calls begin, and only there. */
export const ADDABLE = Object.keys(KINDS).filter((type) => type !== 'start');

interface Props {
  label: string;
  exit: Exit;
  /** Empty or undefined: to no widget. */
  to: string | undefined;
  /** It must lead somewhere: the call cannot end here. */
  isRequired?: boolean;
  description?: ReactNode;
  error?: ReactNode;
  hideLabel?: boolean;
}

export function TargetSelect({ label, exit, to, isRequired, description, error, hideLabel }: Props) {
  const { draft, edit, add, isReadOnly } = useBuilder();
  const ids = readingOrder(draft).filter((id) => id !== draft.start || id === to);
  const isKnown = to === undefined || to === '' || Object.hasOwn(draft.widgets, to);
  return (
    <NativeSelect
      {...(hideLabel ? { 'aria-label': label } : { label })}
      description={description}
      error={error}
      disabled={isReadOnly}
      value={to ? AT + to : ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        if (value.startsWith(NEW)) add(value.slice(NEW.length), { from: exit });
        else edit(connect(draft, exit, value === '' ? undefined : value.slice(AT.length)));
      }}
      data={[
        { value: '', label: isRequired ? t.choose : t.untargeted(untargeted(exit.field)) },
        ...(isKnown ? [] : [{ value: AT + to, label: to }]),
        {
          group: t.existing,
          items: ids.map((id) => ({
            value: AT + id,
            label: `${id} · ${widgetName(draft.widgets[id]?.type ?? '')}`,
          })),
        },
        {
          group: t.newOnes,
          items: ADDABLE.map((type) => ({ value: NEW + type, label: t.newOne(widgetName(type)) })),
        },
      ]}
    />
  );
}
