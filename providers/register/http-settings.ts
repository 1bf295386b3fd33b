/** How a register is asked over HTTP, as data: docs/register.md explains every field to operators. */
import { z } from 'zod';

/** Dotted path into a JSON reply, such as `result.items`. */
const path = z
  .string()
  .regex(/^[^.]+(\.[^.]+)*$/, 'must be names joined by dots')
  .max(200);

export const httpRegisterSettings = z
  .strictObject({
    /** With `{number}` where the number goes, unless numbers are sent in a body. */
    url: z.string().max(2000),
    method: z.enum(['GET', 'POST']).default('GET'),
    /** `${NAME}` in a value is taken from the environment. */
    headers: z.record(z.string(), z.string()).default({}),
    /** `e164` has its plus sign, `digits` has not. */
    numberFormat: z.enum(['e164', 'digits']).default('e164'),
    /** The member of the body of a POST that holds the numbers. */
    numbersField: z.string().min(1).default('numbers'),
    answer: z
      .strictObject({
        /** Of a POST: the array of answers. Absent: the reply is the array. */
        list: path.optional(),
        /** In each of a POST's answers. */
        number: path.default('number'),
        registered: path.default('registered'),
        /** What `registered` says of a number that is on the register; anything else is not. */
        registeredValues: z
          .array(z.union([z.string(), z.number(), z.boolean()]))
          .min(1)
          .default([true]),
        /** Blocked categories, 0 to 7: a number, a string or an array. Absent: all. */
        categories: path.optional(),
        preferredFrom: path.optional(),
        preferredTo: path.optional(),
        preferredDays: path.optional(),
        /** What the service calls the state it answers from, at the top of the reply. */
        version: path.optional(),
      })
      .prefault({}),
    /** Numbers that a POST's reply leaves out, and a GET that is answered by 404: not on the register. */
    absentIsFree: z.boolean().default(false),
    timeoutMs: z.int().min(100).max(60_000).default(3_000),
    /** Numbers in one POST. */
    batchSize: z.int().min(1).max(10_000).default(500),
    /** Of one process. */
    requestsPerSecond: z.number().positive().max(10_000).default(20),
    /** Of one process, at once. */
    concurrency: z.int().min(1).max(100).default(8),
    cacheMs: z
      .int()
      .min(1_000)
      .max(30 * 86_400_000)
      .default(86_400_000),
    /** When it does not answer: whether numbers count as registered. */
    onFailure: z.enum(['block', 'allow']).default('block'),
    /** How long a failure stands before the service is asked about the number again. */
    failureCacheMs: z.int().min(1_000).max(86_400_000).default(60_000),
    /** After so many failures in a row nothing is asked for a while. */
    breaker: z
      .strictObject({
        failures: z.int().min(1).max(1_000).default(5),
        pauseMs: z.int().min(100).max(3_600_000).default(30_000),
      })
      .prefault({}),
  })
  .superRefine((given, context) => {
    const url = given.url.replace('{number}', '919876543210');
    if (!z.url({ protocol: /^https?$/ }).safeParse(url).success) {
      context.addIssue({ code: 'custom', path: ['url'], message: 'must be an http or https URL' });
    }
    if (given.method === 'GET' && !given.url.includes('{number}')) {
      context.addIssue({
        code: 'custom',
        path: ['url'],
        message: 'must hold {number} where the number goes',
      });
    }
  });
export type HttpRegisterSettings = z.output<typeof httpRegisterSettings>;

/**
 * @param text JSON
 * @param env where `${NAME}` of headers is looked up
 * @throws Error naming every field that is wrong, and every secret that is not set; never a secret itself
 */
export function readHttpRegister(
  text: string,
  env: Record<string, string | undefined>,
): HttpRegisterSettings {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Error('the settings of the HTTP register are not JSON');
  }
  const parsed = httpRegisterSettings.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`,
    );
    throw new Error(`the settings of the HTTP register are wrong: ${faults.join('; ')}`);
  }
  const headers = Object.fromEntries(
    Object.entries(parsed.data.headers).map(([name, value]) => [name, withSecrets(name, value, env)]),
  );
  return { ...parsed.data, headers };
}

function withSecrets(header: string, value: string, env: Record<string, string | undefined>): string {
  return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const secret = env[name];
    if (!secret)
      throw new Error(
        `the header ${header} of the HTTP register needs the variable ${name}, which is not set`,
      );
    return secret;
  });
}
