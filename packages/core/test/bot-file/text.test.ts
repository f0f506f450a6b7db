import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/bot-file/config-error.js';
import { readBotFileText, readDotEnv } from '../../src/bot-file/text.js';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pertybot-text-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const write = (name: string, content: string | Uint8Array) =>
  writeFile(path.join(folder, name), content);

/** The code, message and hint of a refusal; the text where there is none. */
async function told(reading: Promise<unknown>) {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { code, message, hint } = error;
    return { code, message: message.replaceAll(folder, ''), hint };
  }
}

describe('reading plugins.yaml', () => {
  it('gives its text, without a byte order mark, empty or large', async () => {
    await write('plugins.yaml', '\uFEFFplugins: []\n');
    expect(await readBotFileText(folder)).toBe('plugins: []\n');
    await write('plugins.yaml', '');
    expect(await readBotFileText(folder)).toBe('');
    const most = '#'.repeat(1_048_576);
    await write('plugins.yaml', most);
    expect(await readBotFileText(folder)).toBe(most);
  });

  it('follows a link, as from a folder of many bots', async () => {
    await write('other.yaml', 'plugins: []\n');
    await symlink(path.join(folder, 'other.yaml'), path.join(folder, 'plugins.yaml'));
    expect(await readBotFileText(folder)).toBe('plugins: []\n');
  });

  it('says what to do where there is none, or no folder', async () => {
    const hint = 'Run it in the folder of your bot, or name that with --dir.';
    expect(await told(readBotFileText(folder))).toEqual({
      code: 'CONFIG_MISSING',
      message: 'There is no "/plugins.yaml".',
      hint,
    });
    await write('flat', '');
    const nowhere = path.join(folder, 'flat');
    expect(await told(readBotFileText(nowhere))).toMatchObject({ code: 'CONFIG_MISSING', hint });
  });

  it('refuses a folder in its place, and what is larger than any bot', async () => {
    await mkdir(path.join(folder, 'plugins.yaml'));
    expect(await told(readBotFileText(folder))).toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: '"/plugins.yaml" is no file.',
    });
    await rm(path.join(folder, 'plugins.yaml'), { recursive: true });
    await write('plugins.yaml', '#'.repeat(1_048_577));
    expect(await told(readBotFileText(folder))).toMatchObject({
      code: 'CONFIG_TOO_LARGE',
      message: '"/plugins.yaml" is larger than 1 MB.',
    });
  });

  it('refuses what is no UTF-8, with the line', async () => {
    await write('plugins.yaml', Buffer.from('a: 1\nb: \xe4\n', 'latin1'));
    expect(await told(readBotFileText(folder))).toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: '"/plugins.yaml" has letters on line 2 that are no UTF-8.',
    });
    await write('plugins.yaml', Buffer.from('plugins: []\n', 'utf16le'));
    expect(await told(readBotFileText(folder))).toMatchObject({
      message: '"/plugins.yaml" is saved as UTF-16.',
    });
  });
});

describe('reading .env', () => {
  it('gives its variables, and none where there is no file', async () => {
    expect(await readDotEnv(folder)).toEqual({});
    await write('.env', '\uFEFF# mine\nA=1\nexport B="two words"\nC=\n');
    expect(await readDotEnv(folder)).toEqual({ A: '1', B: 'two words', C: '' });
  });

  it('names the lines that set nothing, and shows none of them', async () => {
    await write('.env', 'A=1\nhunter2\nB="open\n');
    expect(await told(readDotEnv(folder))).toEqual({
      code: 'CONFIG_INVALID',
      message:
        '.env:2:1 this line sets no variable\n  Write: NAME=value, or begin the line with # for a comment.\n\n.env:3:1 these quotes are not closed\n  Close them, or write none.',
      hint: undefined,
    });
  });

  it('says what a folder in its place, or another encoding, should be', async () => {
    await mkdir(path.join(folder, '.env'));
    expect(await told(readDotEnv(folder))).toMatchObject({
      code: 'CONFIG_UNREADABLE',
      hint: 'Check that it is a file of yours with lines such as NAME=value.',
    });
    await rm(path.join(folder, '.env'), { recursive: true });
    await write('.env', Buffer.from('A=1\n', 'utf16le'));
    expect(await told(readDotEnv(folder))).toMatchObject({ code: 'CONFIG_UNREADABLE' });
  });
});
