import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Debian's Mosquitto is configured. */
const systemFile = '/etc/mosquitto/mosquitto.conf';

/**
 * Whether a Mosquitto keeps what is retained over a restart, by its configuration and what that includes.
 * @returns undefined where it cannot be read
 */
export async function readPersistence(file = systemFile): Promise<boolean | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const values = await settingsIn(text);
  return values.at(-1) ?? false;
}

/** What is said of persistence, in order. */
async function settingsIn(text: string): Promise<readonly boolean[]> {
  const all: boolean[] = [];
  for (const line of text.split('\n')) {
    const [, key, value = ''] = /^\s*(persistence|include_dir)\s+(\S.*?)\s*$/.exec(line) ?? [];
    if (key === 'persistence') all.push(value === 'true');
    if (key !== 'include_dir') continue;
    const names = (await readdir(value).catch((): string[] => [])).sort();
    for (const name of names.filter((each) => each.endsWith('.conf'))) {
      const included = await readFile(join(value, name), 'utf8').catch(() => '');
      all.push(...(await settingsIn(included.replaceAll(/^\s*include_dir.*$/gm, ''))));
    }
  }
  return all;
}
