/** What a new password must be: long. NIST SP 800-63B asks for length and for nothing else. */
import { z } from '@hono/zod-openapi';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './library.ts';

export const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `must have at least ${SHORTEST_PASSWORD} characters`)
  .max(LONGEST_PASSWORD, `may have at most ${LONGEST_PASSWORD} characters`);
