/** A filter that is typed: the list follows when typing rests. */
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

const REST_MS = 300;

interface Props {
  label: string;
  value: string;
  placeholder?: string;
  inputMode?: 'numeric';
  onRest(value: string): void;
}

export function TypedFilter({ value, onRest, ...rest }: Props) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    // What comes back is what was sent, and the field may be ahead of it by now; only another's change is taken over.
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing alone starts the wait.
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = window.setTimeout(() => {
      sent.current = text.trim();
      onRest(sent.current);
    }, REST_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return <TextInput {...rest} value={text} onChange={(event) => setText(event.currentTarget.value)} />;
}
