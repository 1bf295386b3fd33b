/** Every kind of widget there is, to be added. */
import { Modal, UnstyledButton } from '@mantine/core';
import { builder as t } from '../../../strings/en/flow-builder.ts';
import { exitName, widgetName, widgets } from '../../../strings/en/flow-widgets.ts';
import { type Adding, useBuilder } from './context.ts';
import { ADDABLE } from './target-select.tsx';

export function Palette({ adding, onClose }: { adding: Adding; onClose(): void }) {
  const { add, draft } = useBuilder();
  const hasStart = Object.values(draft.widgets).some(({ type }) => type === 'start');
  const title = adding.from ? t.addTo(exitName(adding.from.field), adding.from.widget) : t.add;
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      {!adding.from && <div className="builder-help">{t.addHelp}</div>}
      <div className="builder-palette">
        {[...(hasStart ? [] : ['start']), ...ADDABLE].map((type) => (
          <UnstyledButton
            key={type}
            onClick={() => {
              onClose();
              add(type, adding);
            }}
          >
            <b>{widgetName(type)}</b>
            <span>{widgets[type]?.help ?? type}</span>
          </UnstyledButton>
        ))}
      </div>
    </Modal>
  );
}
