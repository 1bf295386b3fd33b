/** A filter whose value counts when typing rests. */
import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

const TYPING_MS = 300;

interface Props {
  label: string;
  value: string;
  placeholder?: string;
  onRest(value: string): void;
}

export function TypedInput({ value, onRest, ...rest }: Props) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing alone starts the wait.
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = window.setTimeout(() => onRest(text.trim()), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return <TextInput {...rest} value={text} onChange={(event) => setText(event.currentTarget.value)} />;
}
