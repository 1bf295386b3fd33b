/** What is said and done in a call that is tried out, in order. */
import { useEffect, useRef } from 'react';
import type { FlowEffect, Speech } from '../../../../domain/flow/machine.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import type { Line } from './conversation.ts';

const { tried: t } = builder;

export function Talk({ lines }: { lines: readonly Line[] }) {
  const box = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is scrolled to.
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys.
    <ol className="talk" ref={box} aria-label={t.conversation} aria-live="polite" tabIndex={0}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a conversation only grows.
        <li key={index} data-of={line.of}>
          {wordsOf(line)}
        </li>
      ))}
    </ol>
  );
}

const spoken = (speech: readonly Speech[]): string =>
  speech.map((part) => (part.kind === 'TEXT' ? part.text : `[${t.prompt(part.prompt)}]`)).join(' ');

function wordsOf(line: Line) {
  switch (line.of) {
    case 'speech':
      return (
        <>
          <b>{t.heard}:</b> {spoken(line.speech)}
        </>
      );
    case 'person':
      return (
        <>
          <b>{t.you}:</b> {personDid(line)}
        </>
      );
    case 'effect':
      return (
        <>
          <b>{t.flow}:</b> {effectWords(line.effect)}
        </>
      );
    case 'answer':
      return <i>{line.text}</i>;
    case 'end':
      return <b>{t.ended}</b>;
  }
}

function personDid(line: Extract<Line, { of: 'person' }>): string {
  switch (line.did) {
    case 'keys':
      return t.pressedKeys(line.keys ?? '');
    case 'silence':
      return t.silence;
    case 'hang-up':
      return t.hungUp;
    case 'recording':
      return t.recorded;
    case 'nothing-said':
      return t.nothingSaid;
  }
}

function effectWords(effect: FlowEffect): string {
  switch (effect.type) {
    case 'SEND_SMS':
      return t.sms(effect.to, effect.text);
    case 'SEND_EMAIL':
      return t.email(effect.to, effect.subject);
    case 'TRANSFER':
      return t.transfer(effect.to);
    case 'WEBHOOK':
      return t.webhook(effect.method, effect.url);
    default:
      return effect.type;
  }
}
