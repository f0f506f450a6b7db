import { execFile } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '@pertybot/core/host';
import { MemoryLogger } from '@pertybot/core/testing';
import { botAccount } from '../../src/token/account.js';
import { FileTokenStore } from '../../src/token/file-token-store.js';

const grant = {
  clientId: 'client',
  accessToken: 'the-access-token',
  refreshToken: 'the/refresh+token=%3d',
  scopes: ['chat:edit', 'chat:read'],
};

describe('FileTokenStore', () => {
  let bot: string;
  let state: string;
  let file: string;
  let logger: MemoryLogger;
  let store: FileTokenStore;

  beforeEach(async () => {
    bot = await mkdtemp(path.join(os.tmpdir(), 'pertybot-store-'));
    state = path.join(bot, '.pertybot');
    file = path.join(state, 'tokens.json');
    logger = new MemoryLogger();
    store = new FileTokenStore({ bot, state }, new SystemClock(), logger);
  });

  afterEach(() => rm(bot, { recursive: true, force: true, maxRetries: 9 }));

  const modeOf = async (name: string) => (await stat(name)).mode & 0o777;

  it('gives back what it was given', async () => {
    expect(await store.read(botAccount)).toBeUndefined();
    await store.write(botAccount, grant);
    expect(await store.read(botAccount)).toEqual(grant);
    await store.write(botAccount, { clientId: 'client', accessToken: 'another', scopes: [] });
    expect(await store.read(botAccount)).toEqual({
      clientId: 'client',
      accessToken: 'another',
      scopes: [],
    });
    await store.clear(botAccount);
    expect(await store.read(botAccount)).toBeUndefined();
    await store.clear(botAccount);
  });

  it('keeps each account in a file of its own, and knows whose there are', async () => {
    const alice = { account: 'broadcaster', channel: 'Alice' } as const;
    const bob = { account: 'broadcaster', channel: 'bob' } as const;
    expect(await store.accounts()).toEqual([]);
    await store.write(alice, { ...grant, accessToken: 'of-alice' });
    await store.write(bob, { ...grant, accessToken: 'of-bob' });
    expect(await store.read(botAccount)).toBeUndefined();
    await store.write(botAccount, grant);
    expect((await store.read({ ...alice, channel: '#alice' }))?.accessToken).toBe('of-alice');
    expect(await modeOf(path.join(state, 'tokens.alice.json'))).toBe(0o600);
    expect(await store.accounts()).toEqual([
      { account: 'broadcaster', channel: 'alice' },
      { account: 'broadcaster', channel: 'bob' },
      botAccount,
    ]);
    await store.clear(alice);
    expect((await store.read(bob))?.accessToken).toBe('of-bob');
    expect(await store.read(botAccount)).toEqual(grant);
    expect(await store.accounts()).toHaveLength(2);
  });

  it('takes no channel that names another file', async () => {
    for (const channel of ['../tokens', '', 'a/b', 'a.json', 'x'.repeat(26), 'ａlice']) {
      const account = { account: 'broadcaster', channel } as const;
      await expect(store.write(account, grant)).rejects.toMatchObject({
        code: 'OAUTH_CHANNEL_INVALID',
      });
    }
    await expect(readdir(bot)).resolves.toEqual([]);
  });

  it('reads what was written before there were broadcasters', async () => {
    await mkdir(state, { mode: 0o700 });
    await writeFile(file, `${JSON.stringify({ version: 1, grant }, undefined, 2)}\n`, {
      mode: 0o600,
    });
    expect(await store.read(botAccount)).toEqual(grant);
    await store.write({ account: 'broadcaster', channel: 'alice' }, grant);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ version: 1, grant });
    expect(logger.lines).toEqual([]);
  });

  it('reads what a newer version wrote for it, too, beside what it does not know', async () => {
    await store.write(botAccount, grant);
    const written = JSON.parse(await readFile(file, 'utf8'));
    const added = { ...written, since: 5, grant: { ...written.grant, color: 'red' } };
    await writeFile(file, JSON.stringify(added), { mode: 0o600 });
    expect(await store.read(botAccount)).toEqual(grant);
    expect(await readdir(state)).toEqual(['tokens.json']);
  });

  it('leaves alone what a newer version wrote for itself, until it is gone, and says what to do', async () => {
    await store.write(botAccount, grant);
    const text = JSON.stringify({ version: 2, logins: { bot: ['…'] } });
    await writeFile(file, text, { mode: 0o600 });
    const refusal = {
      code: 'TOKEN_STORE_NEWER',
      transient: true,
      message: expect.stringContaining(file),
      hint: expect.stringContaining('Run that version again'),
    };
    await expect(store.read(botAccount)).rejects.toMatchObject(refusal);
    await expect(store.write(botAccount, grant)).rejects.toMatchObject(refusal);
    await expect(store.clear(botAccount)).rejects.toMatchObject(refusal);
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(await readdir(state)).toEqual(['tokens.json']);
    await rm(file);
    await store.write(botAccount, grant);
    expect(await store.read(botAccount)).toEqual(grant);
  });

  it('keeps file and folder from other users', async () => {
    await store.write(botAccount, grant);
    expect(await modeOf(state)).toBe(0o700);
    expect(await modeOf(file)).toBe(0o600);
  });

  it('closes a file and a folder that stand open', async () => {
    await store.write(botAccount, grant);
    await chmod(file, 0o644);
    await chmod(state, 0o755);
    await store.read(botAccount);
    expect(await modeOf(file)).toBe(0o600);
    expect(logger.lines).toMatchObject([{ level: 'warn' }]);
    await store.write(botAccount, grant);
    expect(await modeOf(state)).toBe(0o700);
  });

  it('leaves nothing else behind, also not what a killed writer left', async () => {
    await mkdir(state);
    await writeFile(path.join(state, '.tokens.json.1234-5.tmp'), 'half a token');
    await store.write(botAccount, grant);
    expect(await readdir(state)).toEqual(['tokens.json']);
  });

  it.each([
    ['cut short', '{"version":1,"grant":{"clientId":"cl'],
    ['empty', ''],
    ['of another program', '{"access_token":"abc","refresh_token":"def"}'],
    ['of no version', '{"version":"two","grant":{}}'],
  ])('keeps a file aside that is %s, and says so', async (_kind, text) => {
    await mkdir(state);
    await writeFile(file, text, { mode: 0o600 });
    expect(await store.read(botAccount)).toBeUndefined();
    const [name = '', ...others] = await readdir(state);
    expect(others).toEqual([]);
    expect(name).toMatch(/^tokens\.json\.damaged-[\da-f]{8}$/);
    expect(await readFile(path.join(state, name), 'utf8')).toBe(text);
    expect(logger.lines).toMatchObject([
      { level: 'error', message: expect.stringContaining(name) },
    ]);
    expect(JSON.stringify(logger.lines)).not.toContain('abc');
  });

  it('says what is in the way of reading and of writing', async () => {
    await mkdir(file, { recursive: true });
    await expect(store.read(botAccount)).rejects.toMatchObject({ code: 'TOKEN_STORE_UNREADABLE' });
    await expect(store.write(botAccount, grant)).rejects.toMatchObject({
      code: 'TOKEN_STORE_UNWRITABLE',
      transient: true,
    });
  });

  it('follows no link, and leaves the rights of what it leads to alone', async () => {
    const target = path.join(bot, 'target');
    await writeFile(target, JSON.stringify({ version: 1, grant }), { mode: 0o644 });
    await chmod(target, 0o644);
    await mkdir(state);
    await symlink(target, file);
    await expect(store.read(botAccount)).rejects.toMatchObject({
      code: 'TOKEN_STORE_UNREADABLE',
      message: expect.stringContaining('it is a link'),
    });
    expect(await modeOf(target)).toBe(0o644);
    await store.write(botAccount, grant);
    expect((await lstat(file)).isFile()).toBe(true);
    expect(await store.read(botAccount)).toEqual(grant);
  });

  it('does not wait for a pipe in the place of the file', async () => {
    await mkdir(state);
    await promisify(execFile)('mkfifo', [file]);
    await expect(store.read(botAccount)).rejects.toMatchObject({ code: 'TOKEN_STORE_UNREADABLE' });
  });

  it('tells of what another process writes and removes', async () => {
    await store.write(botAccount, grant);
    let changed: () => void = () => {};
    const undo = store.onChange(() => changed());
    const other = new FileTokenStore({ bot, state }, new SystemClock(), logger);
    const written = new Promise<void>((resolve) => {
      changed = resolve;
    });
    await other.write(botAccount, { ...grant, accessToken: 'another' });
    await written;
    const removed = new Promise<void>((resolve) => {
      changed = resolve;
    });
    await other.clear(botAccount);
    await removed;
    undo();
  });

  it('lets one task in at a time, from two stores of the same folder', async () => {
    const other = new FileTokenStore(
      { bot, state: `${bot}/./.pertybot` },
      new SystemClock(),
      logger,
    );
    let inside = 0;
    let most = 0;
    const task = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all([store.exclusively(task), other.exclusively(task), store.exclusively(task)]);
    expect(most).toBe(1);
  });
});
