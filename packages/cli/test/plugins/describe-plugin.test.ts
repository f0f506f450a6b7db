import { afterEach, describe, expect, it } from '@jest/globals';
import {
  describePlugin,
  describeUntold,
  describeUpdate,
} from '../../src/plugins/describe-plugin.js';
import type { InspectedPlugin } from '../../src/plugins/inspected-plugin.js';
import { readManifest } from '../../src/plugins/package-manifest.js';
import { styleFor } from '../../src/terminal/style.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

const plain = styleFor({}, {});
const bare: InspectedPlugin = {
  ...{ ok: true, name: 'dice', needs: [], provides: [], scopes: [], options: [] },
};

let folder: TestFolder | undefined;

afterEach(async () => {
  await folder?.remove();
  folder = undefined;
});

const packed = async (manifest: object) => {
  folder = await makeBotFolder({ 'package.json': JSON.stringify(manifest) });
  return folder.path;
};

describe('describePlugin', () => {
  it('has a title and a warning, and no row for what is not known', () => {
    expect(describePlugin(bare, {}, plain).split('\n')).toEqual([
      'dice',
      '  It runs with all the rights of the bot.',
    ]);
  });

  it('tells who made it, who published it and what it wants', async () => {
    const packageFolder = await packed({ name: 'pertybot-plugin-dice', author: { name: 'Ada' } });
    const plugin = {
      ...bare,
      about: 'Rolls dice',
      packageName: 'pertybot-plugin-dice',
      version: '1.2.0',
      packageFolder,
      needs: ['Chat', 'Gpio'],
      provides: ['Dice'],
      scopes: ['channel:read:redemptions'],
    };
    const publication = { by: 'ada', on: '2026-01-31' };
    expect(describePlugin(plugin, { publication }, plain).split('\n')).toEqual([
      'pertybot-plugin-dice 1.2.0',
      '  about            Rolls dice',
      '  by               Ada',
      '  published        2026-01-31 by ada',
      '  needs            Chat, Gpio',
      '  provides         Dice',
      '  Twitch scopes    channel:read:redemptions',
      '  install scripts  none',
      '  It runs with all the rights of the bot.',
    ]);
  });

  it('says whether its install scripts ran', async () => {
    const packageFolder = await packed({ scripts: { postinstall: 'node x.js' }, gypfile: true });
    const plugin = { ...bare, packageFolder };
    expect(describePlugin(plugin, {}, plain)).toContain('postinstall, install (not run)');
    expect(describePlugin(plugin, { scriptsRun: true }, plain)).toContain('(allowed to run)');
  });

  it('shows nothing of a stranger’s that would move the cursor or begin a line', () => {
    const about = 'Fine\u001b[2K\r\n  published        by root';
    const lines = describePlugin({ ...bare, about }, {}, plain).split('\n');
    expect(lines).toEqual(['dice', expect.stringContaining('Fine'), expect.any(String)]);
    expect(lines.join('')).not.toContain('\u001b');
  });
});

describe('describeUntold', () => {
  it('says nothing where package.json tells all of it', () => {
    const told = { ...bare, needs: ['Gpio'], scopes: ['bits:read'] };
    expect(describeUntold(told, told)).toBeUndefined();
    expect(describeUntold(told, bare)).toBeUndefined();
  });

  it('names each need and scope that the code alone has', () => {
    const told = { ...bare, needs: ['Chat'] };
    const plugin = { ...bare, needs: ['Chat', 'Gpio'], scopes: ['bits:read'] };
    expect(describeUntold(told, plugin)).toBe(
      'dice also needs Gpio, the Twitch scope bits:read, which its package.json does not tell.',
    );
  });
});

describe('describeUpdate', () => {
  const change = { name: 'dice', from: '1.0.0', to: '2.0.0' };

  const manifestOf = async (content: object) => {
    const manifest = readManifest(await packed(content));
    await folder?.remove();
    return manifest;
  };

  it('is a line where nothing is new', async () => {
    const same = await manifestOf({ dependencies: { ws: '^8.0.0' } });
    expect(describeUpdate(change, same, same)).toBe('dice 1.0.0 → 2.0.0');
    expect(describeUpdate(change, same, undefined)).toBe('dice 1.0.0 → 2.0.0');
  });

  it('names what is new, and not what was there before', async () => {
    const before = await manifestOf({
      dependencies: { ws: '^8.0.0' },
      pertybot: { needs: ['Chat'] },
    });
    const after = await manifestOf({
      dependencies: { ws: '^9.0.0', left: '1' },
      scripts: { preinstall: 'x' },
      pertybot: { needs: ['Chat', 'Gpio'], scopes: ['bits:read'] },
    });
    expect(describeUpdate(change, before, after).split('\n')).toEqual([
      'dice 1.0.0 → 2.0.0',
      '  new install scripts (not run): preinstall',
      '  new Twitch scopes: bits:read',
      '  new needs: Gpio',
      '  new dependencies: left',
    ]);
  });

  it('takes all for new where it does not know the version before', async () => {
    const after = await manifestOf({ dependencies: { ws: '^8.0.0' } });
    expect(describeUpdate(change, undefined, after)).toContain('new dependencies: ws');
  });
});
