import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  type Account,
  BotFolders,
  Clock,
  errorCodeOf,
  inject,
  injectable,
  Logger,
  messageOf,
  type Undo,
} from '@pertybot/core';
import { makePrivateFolder, takeLock, writeFileAtomically } from '@pertybot/core/host';
import { OAuthError } from '../twitch/oauth-error.js';
import { botAccount, channelOf } from './account.js';
import { readTokenFile, writeTokenFile } from './token-file.js';
import type { Grant, TokenStore } from './token-store.js';
import { watchFolder } from './watch-folder.js';

/** `tokens.json` for the bot, `tokens.alice.json` for the broadcaster of the channel "alice". */
const fileNames = /^tokens\.(?:([a-z0-9_]{1,25})\.)?json$/;

/** Longest wait for another process, milliseconds. A holder is never busy for half as long. */
const longestWait = 60_000;

/** A link would lead to a file of anybody's choice; a pipe would never answer. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Keeps each grant in a file of the bot's state folder, readable by its owner alone: the bot's in `tokens.json`,
 * that of the broadcaster alice in `tokens.alice.json`. Writing goes by a temporary file, fsync and rename, so that
 * a Pi that loses power has the old grant or the new one.
 */
@injectable()
export class FileTokenStore implements TokenStore {
  private readonly folder: string;

  constructor(
    @inject(BotFolders) folders: BotFolders,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {
    this.folder = folders.state;
  }

  async read(account: Account): Promise<Grant | undefined> {
    const file = this.fileOf(account);
    const text = await this.readText(file);
    if (text === undefined) return undefined;
    const read = readTokenFile(text);
    if (read.state === 'ours') return read.grant;
    if (read.state === 'newer') throw isNewer(file);
    return this.keepAside(account, text);
  }

  async write(account: Account, grant: Grant): Promise<void> {
    const file = this.fileOf(account);
    await this.spareNewer(file);
    await this.attempt(file, 'written', async () => {
      makePrivateFolder(this.folder);
      await this.removeLeftovers();
      await writeFileAtomically(file, writeTokenFile(grant));
    });
  }

  async clear(account: Account): Promise<void> {
    const file = this.fileOf(account);
    await this.spareNewer(file);
    await this.attempt(file, 'removed', async () => {
      await rm(file, { force: true });
      await this.removeLeftovers();
    });
  }

  async accounts(): Promise<readonly Account[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.sort().flatMap((name) => {
      const match = fileNames.exec(name);
      if (match === null) return [];
      const [, channel] = match;
      return channel === undefined ? [botAccount] : [{ account: 'broadcaster', channel } as const];
    });
  }

  async exclusively<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const lock = await this.attempt(this.fileOf(botAccount), 'locked', async () => {
      makePrivateFolder(this.folder);
      // Whoever enters will write: better to know before a token is bought that it could not be kept.
      await access(this.folder, constants.W_OK);
      return takeLock(this.folder, 'tokens', { command: 'pertybot', wait: longestWait, signal });
    });
    signal?.throwIfAborted();
    if (lock === undefined) {
      throw new OAuthError(
        'TOKEN_STORE_BUSY',
        'Another process has held the tokens for a minute.',
        { hint: 'Stop other copies of this bot; it is tried again.' },
      );
    }
    try {
      return await task();
    } finally {
      await lock.release();
    }
  }

  onChange(listener: () => void): Undo {
    try {
      // A folder that is there can be watched; one that cannot be made is looked for again and again.
      makePrivateFolder(this.folder);
    } catch (error) {
      this.log.debug(`"${this.folder}" cannot be made yet.`, { reason: messageOf(error) });
    }
    return watchFolder(this.folder, fileNames, this.clock, listener);
  }

  /** What a newer PertyBot keeps there is not ours to replace: it may be used again. */
  private async spareNewer(file: string): Promise<void> {
    const text = await this.readText(file).catch(() => undefined);
    if (text !== undefined && readTokenFile(text).state === 'newer') throw isNewer(file);
  }

  private fileOf(account: Account): string {
    const channel = channelOf(account);
    return path.join(this.folder, channel === undefined ? 'tokens.json' : `tokens.${channel}.json`);
  }

  private async readText(file: string): Promise<string | undefined> {
    try {
      const handle = await open(file, openFlags);
      try {
        await this.closeToOthers(file, handle);
        return await handle.readFile('utf8');
      } finally {
        await handle.close();
      }
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      const what = code === 'ELOOP' ? 'it is a link' : (code ?? messageOf(error));
      throw new OAuthError('TOKEN_STORE_UNREADABLE', `"${file}" cannot be read: "${what}".`, {
        hint: 'Make it a file of yours (sudo chown), or remove it and log in again; a bot that runs looks again by itself.',
        cause: error,
      });
    }
  }

  private async closeToOthers(file: string, handle: FileHandle): Promise<void> {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error('it is no file');
    if (process.platform === 'win32' || (stats.mode & 0o077) === 0) return;
    await handle.chmod(0o600);
    this.log.warn(`"${file}" could be read by other users; now only by you.`);
  }

  private async keepAside(account: Account, damaged: string): Promise<Grant | undefined> {
    const file = this.fileOf(account);
    const aside = `${file}.damaged-${randomBytes(4).toString('hex')}`;
    await this.attempt(file, 'moved', () => rename(file, aside));
    if ((await readFile(aside, 'utf8')) !== damaged) {
      // Another process wrote a good one in between.
      await this.attempt(file, 'moved', () => rename(aside, file));
      return this.read(account);
    }
    this.log.error(`"${file}" is damaged or none of ours; it is kept as "${aside}".`, {
      hint: 'Log in again.',
    });
    return undefined;
  }

  /** A writer that was killed left its temporary file, and in it a token. */
  private async removeLeftovers(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const leftovers = names.filter((name) =>
      /^\.tokens\.(?:[a-z0-9_]+\.)?json\..*\.tmp$/.test(name),
    );
    await Promise.all(leftovers.map((name) => rm(path.join(this.folder, name), { force: true })));
  }

  private async attempt<Result>(
    file: string,
    what: string,
    task: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await task();
    } catch (error) {
      throw new OAuthError(
        'TOKEN_STORE_UNWRITABLE',
        `"${file}" cannot be ${what}: "${errorCodeOf(error) ?? messageOf(error)}".`,
        {
          hint: 'Check that the disk is not full and that the folder is yours, then try again; a bot that runs does so by itself.',
          cause: error,
        },
      );
    }
  }
}

function isNewer(file: string): OAuthError {
  return new OAuthError('TOKEN_STORE_NEWER', `"${file}" was written by a newer PertyBot.`, {
    hint: 'Run that version again, or move the file elsewhere and log in again; it is left as it is.',
  });
}
