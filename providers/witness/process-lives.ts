/** Whether a process of this machine lives, by its id and the moment it began, since ids are used again. */
import { readFileSync } from 'node:fs';

/** When a process began, in the kernel's ticks, so that a reused process id is not taken for the old one. */
export function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Field 22; the second field, the program's name, is in brackets and may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Whether the process that began then still runs on this machine. */
export function processLives(pid: number, started: unknown): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // Where there is no /proc, the process id alone has to do.
  return started === undefined || processStart(pid) === started;
}
