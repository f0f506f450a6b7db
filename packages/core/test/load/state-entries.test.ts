import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mirrorLocalPlugin } from '../../src/load/local-plugin.js';
import { refuseStrangers } from '../../src/load/state-entries.js';

const nobody = 65_534;
let bot = '';
let state = '';
beforeEach(() => {
  bot = mkdtempSync(path.join(realpathSync(tmpdir()), 'strangers-'));
  state = path.join(bot, '.pertybot');
  mkdirSync(state, { mode: 0o700 });
});
afterEach(() => rm(bot, { recursive: true, maxRetries: 9 }));

const at = (name: string) => path.join(state, name);
const look = () => refuseStrangers(state);

describe('refuseStrangers', () => {
  it('has nothing against a folder that is not there, is empty, or is its owner’s', () => {
    expect(() => refuseStrangers(at('none'))).not.toThrow();
    expect(look).not.toThrow();
    for (const name of ['cache', 'logs', 'notes', 'stores', 'dev']) {
      mkdirSync(at(name), { mode: 0o700 });
      writeFileSync(path.join(at(name), 'file'), '');
    }
    symlinkSync('/nowhere', at('pins.log'));
    expect(look).not.toThrow();
  });

  it.each(['cache', 'logs', 'notes', 'stores'])('refuses a link or a file as %s', (name) => {
    mkdirSync(path.join(bot, 'elsewhere'));
    symlinkSync(path.join(bot, 'elsewhere'), at(name));
    expect(look).toThrow(`"${at(name)}" is no folder.`);
    rmSync(at(name));
    writeFileSync(at(name), '');
    expect(look).toThrow(`"${at(name)}" is no folder.`);
  });

  it('refuses a folder that others may write, and closes one that they may read', () => {
    mkdirSync(at('cache'));
    chmodSync(at('cache'), 0o755);
    look();
    expect(statSync(at('cache')).mode & 0o777).toBe(0o700);
    chmodSync(at('cache'), 0o777);
    expect(look).toThrow(
      expect.objectContaining({
        code: 'FOLDER_NOT_YOURS',
        message: `"${at('cache')}" can be written by other users.`,
        hint: expect.stringContaining(`sudo rm -r "${at('cache')}"`),
      }),
    );
  });

  if (process.getuid?.() === 0) {
    const give = (name: string) => lchownSync(at(name), nobody, nobody);

    it.each(['cache', 'notes', 'stores', 'logs', 'anything'])(
      'refuses the folder %s of another user',
      (name) => {
        mkdirSync(at(name), { mode: 0o700 });
        give(name);
        expect(look).toThrow(`"${at(name)}" belongs to another user.`);
      },
    );

    it.each(['pins.log', 'limits.json', 'logs/bot.log', 'cache/note.json'])(
      'refuses the link %s of another user, wherever it leads',
      (name) => {
        mkdirSync(path.dirname(at(name)), { recursive: true, mode: 0o700 });
        symlinkSync('/etc/hostname', at(name));
        give(name);
        expect(look).toThrow(`"${at(name)}" belongs to another user.`);
      },
    );

    it('trusts the owner of the folder and root, and no other, also when it is root that looks', () => {
      for (const folder of [bot, state]) chownSync(folder, 1_234, 1_234);
      writeFileSync(at('of-root'), '');
      writeFileSync(at('own'), '');
      chownSync(at('own'), 1_234, 1_234);
      expect(look).not.toThrow();
      writeFileSync(at('strange'), '');
      give('strange');
      expect(look).toThrow(at('strange'));
    });

    it('runs no local plugin from the cache of another user', async () => {
      const entry = path.join(bot, 'lamp.ts');
      writeFileSync(entry, 'export default 1;\n');
      mkdirSync(at('cache'), { mode: 0o700 });
      give('cache');
      await expect(mirrorLocalPlugin({ entry, folder: bot, resolveFrom: [] })).rejects.toThrow(
        `"${at('cache')}" belongs to another user.`,
      );
      rmSync(at('cache'), { recursive: true, maxRetries: 9 });
      const { main } = await mirrorLocalPlugin({ entry, folder: bot, resolveFrom: [] });
      expect(existsSync(main)).toBe(true);
    });
  }
});
