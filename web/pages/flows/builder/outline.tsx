/** The flow as a list, in the order a call comes to its widgets: for small windows, and for whoever likes it better. */
import { UnstyledButton } from '@mantine/core';
import { PlusIcon } from '@primer/octicons-react';
import { builder as t } from '../../../strings/en/flow-builder.ts';
import { exitName, untargeted, widgetName } from '../../../strings/en/flow-widgets.ts';
import { useBuilder } from './context.ts';
import { exitsOf } from './exits.ts';
import { readingOrder } from './layout.ts';
import { summaryOf } from './summary.ts';

export function Outline() {
  const { draft, problems, selected, jumpTo, ask, isReadOnly } = useBuilder();
  const ids = readingOrder(draft);
  if (ids.length === 0) return <div className="builder-help">{t.nothingHere}</div>;
  return (
    <ol className="builder-outline" aria-label={t.list.label}>
      {ids.map((id) => {
        const widget = draft.widgets[id];
        if (!widget) return null;
        const own = problems.filter((one) => one.widget === id);
        const isWrong = own.some(({ severity }) => severity === 'error');
        return (
          <li key={id} data-severity={own.length === 0 ? 'none' : isWrong ? 'error' : 'warning'}>
            <UnstyledButton
              className="widget"
              aria-current={selected.includes(id)}
              onClick={() => jumpTo(id, true)}
            >
              <b>{widgetName(widget.type)}</b> <code>{id}</code>
              {own.length > 0 && <span className="count">{own.length}</span>}
              <span className="what">{summaryOf(widget)}</span>
            </UnstyledButton>
            <ul>
              {exitsOf(widget).map(({ field, to }) => (
                <li key={field}>
                  {exitName(field)}:{' '}
                  {to ? (
                    <UnstyledButton
                      className="way"
                      disabled={!Object.hasOwn(draft.widgets, to)}
                      onClick={() => jumpTo(to, true)}
                    >
                      {to}
                    </UnstyledButton>
                  ) : (
                    <>
                      <span className="ends">{untargeted(field)}</span>
                      {!isReadOnly && (
                        <UnstyledButton
                          className="way"
                          aria-label={t.addTo(exitName(field), id)}
                          onClick={() => ask({ from: { widget: id, field } })}
                        >
                          <PlusIcon size={12} />
                        </UnstyledButton>
                      )}
                    </>
                  )}
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}
