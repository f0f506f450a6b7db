import { createInterface } from 'node:readline';
import { readBotFileText } from '@pertybot/core/host';
import { type PageRole, setPassword, shortestPassword } from '@pertybot/plugin-dashboard';
import { makeStateFolder } from '../bot-folder/bot-folder.js';
import { CliError } from '../terminal/cli-error.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';

/** What `pertybot page password` was told. */
export interface PagePasswordOptions {
  readonly folder: string;
  readonly role: PageRole;
  readonly remove: boolean;
}

/**
 * Sets the password with which one logs in to the page from elsewhere, or takes it away.
 * @returns a sentence about it
 * @throws CliError CLI_PASSWORD_SHORT
 */
export async function runPagePassword(options: PagePasswordOptions): Promise<string> {
  const { folder, role, remove } = options;
  await readBotFileText(folder);
  const stateFolder = await makeStateFolder(folder);
  if (remove) {
    await setPassword(stateFolder, role, undefined);
    return `Nobody gets in as ${role} by a password any more.`;
  }
  const password = await readPassword();
  if ([...password].length < shortestPassword) {
    const message = `The password has fewer than ${shortestPassword} characters.`;
    throw new CliError('CLI_PASSWORD_SHORT', message, {
      hint: 'Choose a longer one; several words are good.',
    });
  }
  await setPassword(stateFolder, role, password);
  return `Whoever knows it gets in as ${role}. Only a hash of it is kept.`;
}

async function readPassword(): Promise<string> {
  const prompt = new TerminalPrompt();
  if (prompt.isInteractive) return (await prompt.ask('Password of the page:')) ?? '';
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}
