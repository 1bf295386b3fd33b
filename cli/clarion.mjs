#!/usr/bin/env node
// The `clarion` command: teaches Node to read TypeScript, then hands over to main.ts.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./main.ts');
await main(process.argv.slice(2));
