import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as host from '../src/host.js';
import * as author from '../src/index.js';
import { hostNames } from '../src/load/moved-names.js';
import { coreFolder } from './bot-folder.js';

const run = promisify(execFile);

/** All that an author of plugins has: a name more is a name that everybody who reads it must pass over. */
const authorFace: Readonly<Record<string, string>> = {
  'A plugin: its definition, and what its start receives':
    'definePlugin Plugin PluginDefinition PluginContext Finding Undo AsyncUndo',
  'Its config': 'v Duration duration parseDuration formatDuration toMilliseconds',
  'Its commands':
    'RegisterCommand CommandOptions CommandHandler CommandContext CommandInfo Allow ArgumentParser DeclaredGadget isReservedCommand reservedReason',
  'Its rewards, and what brings them to a channel':
    'RegisterReward RewardOptions WantedRewards WantedReward Redemption PaidDeed',
  'An ordinary no': 'Refusal refuse isRefusal',
  Errors: 'PertyError PertyErrorOptions isPertyError messageOf errorCodeOf CommandError StoreError',
  "Core's services":
    'Logger Store Json Clock sleep Replies ReplyValues Sentences BotStatus EmergencyStop StopRecord SharedGadget SharedGadgets BotFolders Browser Prompt',
  'Events: a star, so that plugins can add theirs to BotEvents by declaration merging':
    '* of ./contracts/events.js',
  'Chat: the way out, and the way in for plugins that bring one':
    'Chat ChatMessage ChatUser Role roles SayOptions Delivery Inbox',
  "Tokens of the bot's account and of broadcasters'":
    'AccessTokens AccessToken Account RequestedScopes',
  'Services that a plugin gives to others':
    'InjectionToken Container inject injectable forPlugin PerPlugin Consumer Attribution attributionNow runFor',
  'Small tools': 'Backoff nearest',
};

/** What the star brings: the map of events, and those of core's own that have a name. */
const starNames =
  'RedemptionNote CommandEvent RefusalReason RefusalEvent ReactionEvent BotEvents eventNames'.split(
    ' ',
  );

/** The names that an index file exports, by the headings above them. */
function readFace(file: string): Readonly<Record<string, string>> {
  const [, ...parts] = readFileSync(path.join(coreFolder, 'src', file), 'utf8').split(/^\/\/ /m);
  const groups = parts.map((part) => [part.split('\n')[0] ?? '', namesIn(part).join(' ')] as const);
  return Object.fromEntries(groups.filter(([, names]) => names !== ''));
}

function namesIn(text: string): readonly string[] {
  const all = text.matchAll(/export (?:type )?(?:\* as (\w+)|\{([^}]*)\}|(\*)) from '([^']+)'/g);
  return [...all].flatMap(([, whole, list = '', star, file]) => {
    if (whole !== undefined) return [whole];
    if (star !== undefined) return [`* of ${file}`];
    const names = list.split(',').map((name) => name.trim().replace(/^type /, ''));
    return names.filter((name) => name !== '');
  });
}

describe('the two faces of core', () => {
  it('shows authors what is listed here, under the same headings', () => {
    const face = readFace('index.ts');
    expect(face).toEqual(authorFace);
    const named = Object.values(face).flatMap(
      (names) => names.replace(/\* of \S+/, '').match(/\w+/g) ?? [],
    );
    expect(named.length + starNames.length).toBeLessThanOrEqual(86);
  });

  it('counts all that the star brings', () => {
    const text = readFileSync(path.join(coreFolder, 'src', 'contracts', 'events.ts'), 'utf8');
    const exported = [...text.matchAll(/^export (?:interface|type|const) (\w+)/gm)];
    expect(exported.map(([, name]) => name)).toEqual(starNames);
  });

  it('lets no name stand in both', () => {
    const [first, second] = ['index.ts', 'host.ts'].map((file) =>
      Object.values(readFace(file)).join(' ').split(' '),
    );
    const both = first?.filter((name) => second?.includes(name));
    expect(both?.filter((name) => /^\w{3,}$/.test(name))).toEqual([]);
  });

  it('knows every value of the host face, to lead those there who look for it in the other', () => {
    expect([...hostNames].sort()).toEqual(Object.keys(host).sort());
    expect(Object.keys(author).filter((name) => hostNames.includes(name))).toEqual([]);
  });

  it('has one copy of every class behind them, as it is published', async () => {
    const program = `
      const author = await import('@pertybot/core');
      const host = await import('@pertybot/core/host');
      const testing = await import('@pertybot/core/testing');
      const plugin = author.definePlugin({ name: 'one', needs: { chat: author.Chat } });
      const bot = await testing.startTestBot([plugin]);
      console.log(JSON.stringify([
        host.ConfigError.prototype instanceof author.PertyError,
        host.isPlugin(plugin),
        bot.plugins.at(-1).state.name,
        new testing.ManualClock() instanceof host.SystemClock,
      ]));
      await bot.stop();
    `;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: coreFolder,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(JSON.parse(stdout)).toEqual([true, true, 'running', false]);
  }, 60_000);
});
