/** Loads of the do-not-call register. */
import type { Api } from '../endpoint.ts';

export function registerRoutes(_api: Api): void {}
