/** Puts the do-not-call register together that the environment asks for, for workers and the API alike. */
import { readFile } from 'node:fs/promises';
import type { Database } from '../db/client.ts';
import { findRegistered } from '../db/queries/register.ts';
import { readAnswers, writeAnswers } from '../db/queries/register-answers.ts';
import { httpRegister } from '../providers/register/http.ts';
import { readHttpRegister } from '../providers/register/http-settings.ts';
import { localRegister } from '../providers/register/local-table.ts';
import type { DoNotCallRegister } from '../providers/register/register.ts';

/** The register as a table of the database. */
export const tableRegister = (db: Database): DoNotCallRegister =>
  localRegister((question) => findRegistered(db, question));

/**
 * @param db connections of its own where it is asked from inside transactions
 * @param settingsFile JSON that says how the service is asked; absent: the table alone
 * @param env where the secrets of its headers are
 * @throws Error naming the file, and what is wrong with it
 */
export async function openRegister(
  db: Database,
  settingsFile: string | undefined,
  env: Record<string, string | undefined>,
): Promise<DoNotCallRegister> {
  const own = tableRegister(db);
  if (settingsFile === undefined) return own;
  try {
    return httpRegister({
      settings: readHttpRegister(await readFile(settingsFile, 'utf8'), env),
      cache: {
        read: (input) => readAnswers(db, input),
        write: (answers) => writeAnswers(db, answers),
      },
      own,
      now: () => new Date(),
    });
  } catch (error) {
    throw new Error(`CLARION_REGISTER_HTTP (${settingsFile}): ${(error as Error).message}`);
  }
}
