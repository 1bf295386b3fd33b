/**
 * Where the converter's thread begins: lets this thread read TypeScript, which the main one already can, and goes on
 * in `convert-thread.ts`.
 */
import { register } from 'tsx/esm/api';

register();
await import('./convert-thread.ts');
