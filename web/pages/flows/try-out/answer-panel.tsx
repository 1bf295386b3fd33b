/** What can be done now in a call that is tried out: keys to press, silence, or how something else ended. */
import { Button, Group, NumberInput, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { builder } from '../../../strings/en/flow-builder.ts';
import { type Conversation, endRecording, press, settle, staySilent } from './conversation.ts';

const { tried: t } = builder;
const KEYS = [...'123456789*0#'];

interface Props {
  call: Conversation;
  onChange(call: Conversation): void;
}

export function AnswerPanel({ call, onChange }: Props) {
  switch (call.waitsFor.type) {
    case 'GATHER':
    case 'RECORD':
      return <Telephone call={call} onChange={onChange} />;
    case 'WEBHOOK':
      return <WebhookAnswer call={call} onChange={onChange} />;
    case 'SEND_SMS':
    case 'SEND_EMAIL':
      return <Outcomes call={call} onChange={onChange} event="MESSAGE_SETTLED" outcomes={MESSAGE} />;
    case 'TRANSFER':
      return <Outcomes call={call} onChange={onChange} event="TRANSFERRED" outcomes={SECOND_CALL} />;
    default:
      return null;
  }
}

const MESSAGE = ['DELIVERED', 'UNDELIVERED'];
const SECOND_CALL = ['ANSWERED', 'BUSY', 'NO_ANSWER', 'FAILED'];

function Telephone({ call, onChange }: Props) {
  return (
    <Group gap="md" align="flex-start">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame of its own. */}
      <div className="keypad" role="group" aria-label={t.keypad}>
        {KEYS.map((key) => (
          <Button key={key} variant="default" onClick={() => onChange(press(call, key))}>
            {key}
          </Button>
        ))}
      </div>
      <Stack gap={6}>
        {call.waitsFor.type === 'RECORD' && (
          <Button variant="default" onClick={() => onChange(endRecording(call))}>
            {t.speak}
          </Button>
        )}
        <Button variant="default" onClick={() => onChange(staySilent(call))}>
          {t.silent}
        </Button>
        {call.keys !== '' && <div className="builder-help">{t.pressed(call.keys)}</div>}
      </Stack>
    </Group>
  );
}

function Outcomes(props: Props & { event: 'MESSAGE_SETTLED' | 'TRANSFERRED'; outcomes: readonly string[] }) {
  const { call, onChange, event, outcomes } = props;
  return (
    <Group gap={6}>
      {outcomes.map((outcome) => (
        <Button
          key={outcome}
          variant="default"
          onClick={() => onChange(settle(call, { type: event, outcome }, t.answers[outcome] ?? outcome))}
        >
          {t.answers[outcome] ?? outcome}
        </Button>
      ))}
    </Group>
  );
}

const OK = 200;

function WebhookAnswer({ call, onChange }: Props) {
  const [status, setStatus] = useState(OK);
  const [body, setBody] = useState('{}');
  const answer = (): void =>
    onChange(
      settle(
        call,
        { type: 'WEBHOOK_REPLIED', status, body, error: undefined },
        `${t.status(status)} ${body}`.slice(0, 500),
      ),
    );
  const fail = (): void =>
    onChange(settle(call, { type: 'WEBHOOK_REPLIED', status: 0, body: '', error: 'TIMEOUT' }, t.noAnswer));
  return (
    <Stack gap={6}>
      <NumberInput
        size="xs"
        label={t.webhookStatus}
        value={status}
        min={100}
        max={599}
        allowDecimal={false}
        onChange={(value) => setStatus(Number(value) || OK)}
        w={120}
      />
      <Textarea
        label={t.webhookBody}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <Group gap={6}>
        <Button variant="default" onClick={answer}>
          {t.webhookSend}
        </Button>
        <Button variant="default" onClick={fail}>
          {t.webhookFail}
        </Button>
      </Group>
    </Stack>
  );
}
