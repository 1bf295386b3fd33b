/** How repeatable options are read. */
import { usage } from './exit.ts';

/** Every value given, in order. */
export const collect = (value: string, before: string[]): string[] => [...before, value];

/** `--var name=value`, every one of them. @throws CommandError USAGE */
export function readVariable(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw usage(`--var "${text}" is not name=value`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
