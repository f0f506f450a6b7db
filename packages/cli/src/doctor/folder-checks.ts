import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '@pertybot/core';

/** Files that hold secrets, and the most that their mode may allow. */
const secretFiles: readonly (readonly [name: string, mode: number])[] = [
  ['.env', 0o600],
  ['.pertybot', 0o700],
  ['.pertybot/tokens.json', 0o600],
];

/** Whether the files with secrets are their owner's alone. */
export async function checkFolder(folder: string): Promise<readonly Finding[]> {
  // Windows has no such modes.
  if (process.platform === 'win32') return [];
  const findings = await Promise.all(
    secretFiles.map(([name, mode]) => checkMode(join(folder, name), name, mode)),
  );
  const wrong = findings.flat();
  if (wrong.length > 0) return wrong;
  return [{ level: 'ok', subject: 'files', message: 'Secrets are readable by their owner alone.' }];
}

async function checkMode(file: string, name: string, mode: number): Promise<readonly Finding[]> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || (found.mode & 0o777 & ~mode) === 0) return [];
  return [
    {
      level: 'warning',
      subject: 'files',
      message: `Others may read "${name}".`,
      hint: `Run: chmod ${mode.toString(8)} ${name}`,
    },
  ];
}
