import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, v } from '@pertybot/core';

const subject = 'guardian';

const list = v.object({ guardian: v.object({ pid: v.number() }) });

/** What {@link checkGuardian} reads. */
export type ReadFile = (path: string) => Promise<string>;

/**
 * Whether what kills a service with all its processes would kill the guardian of its outputs, too.
 * @param pid of the bot
 */
export async function checkGuardian(
  folder: string,
  pid: number,
  read: ReadFile = (path) => readFile(path, 'utf8'),
): Promise<readonly Finding[]> {
  try {
    const { guardian } = v.parse(
      list,
      JSON.parse(await read(join(folder, '.pertybot', 'pins.json'))),
    );
    const [own, its] = await Promise.all(
      [pid, guardian.pid].map(async (each) => (await read(`/proc/${each}/cgroup`)).trim()),
    );
    if (own !== its) {
      const message = 'The guardian of the outputs has a control group of its own.';
      return [{ level: 'ok', subject, message }];
    }
    // A bot that was started by hand shares the group of its terminal.
    if (own === undefined || !/\.service$/m.test(own)) return [];
    const message =
      'The guardian of the outputs is in the control group of the bot: what kills all of it kills both.';
    const hint = 'Run: sudo loginctl enable-linger "$USER", then restart the service.';
    return [{ level: 'warning', subject, message, hint }];
  } catch {
    // Without outputs there is no guardian, and without Linux no control group.
    return [];
  }
}
