import { pbkdf2Sync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { messageOf } from '@pertybot/core';
import { runBackup } from '../backup/run-backup.js';
import { writeFileWhole } from '../bot-folder/write-files.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';
import {
  checkPiOptions,
  checkWifi,
  keysIn,
  type PiOptions,
  refusal,
  type WifiOptions,
} from './pi-options.js';
import { archiveName, networkConfig, userData } from './user-data.js';

/** What `pertybot pi user-data` was told. */
export interface RunUserDataOptions extends Omit<PiOptions, 'sshKeys'> {
  /** Folder of the bot. */
  readonly folder: string;
  /** Public keys, or files of them. */
  readonly sshKeys: readonly string[];
  readonly wifi: string | undefined;
  readonly country: string | undefined;
  /** The boot partition of a card. */
  readonly to: string | undefined;
  /** Whether the bot of the folder comes along. */
  readonly withBot: boolean;
  readonly withSecrets: boolean;
}

/** What was made. */
export interface MadeUserData {
  /** Texts by the names of their files. */
  readonly files: Readonly<Record<string, string>>;
  /** What the owner should know, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Makes the files that turn an empty card with Raspberry Pi OS into a Pi with a bot, and writes them where that is asked.
 * @throws CliError CLI_PI_INVALID
 */
export async function runUserData(options: RunUserDataOptions): Promise<MadeUserData> {
  const { to, wifi, country, withBot, withSecrets } = options;
  const sshKeys = (await Promise.all(options.sshKeys.map(readKeys))).flat();
  const pi: PiOptions = { ...options, sshKeys };
  checkPiOptions(pi);
  if (to !== undefined) requireBootPartition(resolve(to));
  if (withBot && to === undefined) {
    throw refusal('The bot can be taken along to a card alone.', 'Say where it is with --to.');
  }
  const files = {
    'user-data': userData(pi),
    ...(wifi !== undefined && { 'network-config': networkConfig(await readWifi(wifi, country)) }),
  };
  const notes = notesOn(pi, options);
  if (to === undefined) return { files, notes };
  for (const [name, text] of Object.entries(files)) await replace(join(resolve(to), name), text);
  if (withBot) {
    const file = join(resolve(to), archiveName);
    await runBackup({ folder: options.folder, file, withSecrets, print: () => {} });
  }
  return { files, notes };
}

function notesOn(
  { sshKeys, passwordHash, user }: PiOptions,
  { withBot, withSecrets }: RunUserDataOptions,
): readonly string[] {
  const notes: string[] = [];
  if (sshKeys.length === 0 && passwordHash === undefined) {
    notes.push(
      `Nobody can log in as ${user}: give --ssh-key FILE, or --password-hash for its screen and keyboard.`,
    );
  }
  if (!withBot) {
    notes.push('The Pi makes a new bot, from npm; --with-bot takes the one of this folder along.');
  } else if (withSecrets) {
    notes.push('The card holds your secrets until the Pi has started once: keep it to yourself.');
  } else {
    notes.push('The bot goes without .env and logins; --with-secrets takes them along.');
  }
  return notes;
}

async function readKeys(given: string): Promise<readonly string[]> {
  if (/^[a-z0-9@.-]+ AAAA/.test(given)) return keysIn(given);
  const file = resolve(given.replace(/^~(?=\/)/, homedir()));
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw refusal(`"${given}" cannot be read: ${messageOf(error)}.`, 'Make a key: ssh-keygen');
  });
  return keysIn(text);
}

function requireBootPartition(folder: string): void {
  if (existsSync(join(folder, 'config.txt'))) return;
  throw refusal(
    `"${folder}" is not the boot partition of a card: it has no config.txt.`,
    'Write Raspberry Pi OS to the card first, and name where its partition "bootfs" is mounted.',
  );
}

/** What was there, such as the examples of Raspberry Pi OS, stays beside it. */
async function replace(file: string, text: string): Promise<void> {
  if (existsSync(file) && !existsSync(`${file}.before`)) await copyFile(file, `${file}.before`);
  await writeFileWhole(file, text);
}

/** Words never stand on a command line, where everybody on the machine reads them. */
async function readWifi(ssid: string, country: string | undefined): Promise<WifiOptions> {
  checkWifi(ssid, country);
  const prompt = new TerminalPrompt();
  const said = prompt.isInteractive
    ? await prompt.ask(`Password of the Wi-Fi "${ssid}":`)
    : await firstLine();
  const password = said ?? '';
  if (/^[0-9a-f]{64}$/i.test(password)) {
    return { ssid, country: country ?? '', psk: password.toLowerCase() };
  }
  if (!/^[\x20-\x7e]{8,63}$/.test(password)) {
    throw refusal(
      'That is no password of a Wi-Fi.',
      'It has 8 to 63 letters without accents. Type it when it is asked for, or give it as the first line of the input.',
    );
  }
  // As WPA2 does it: what is on the card opens this network, and tells nobody the words.
  const psk = pbkdf2Sync(password, ssid, 4_096, 32, 'sha1').toString('hex');
  return { ssid, country: country ?? '', psk };
}

async function firstLine(): Promise<string | undefined> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return undefined;
}
