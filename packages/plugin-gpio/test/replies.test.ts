import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { definePlugin, Replies, refuse } from '@pertybot/core';
import { allSentences, namesOf } from '@pertybot/core/host';
import gpio, { defineGadget, Gadgets, verb } from '@pertybot/plugin-gpio';
import { parse } from 'yaml';
import { gpioReplies } from '../src/replies.js';
import { type GpioBot, startGpioBot } from './start-gpio-bot.js';

const root = path.join(import.meta.dirname, '../../..');
const page = readFileSync(path.join(root, 'docs/replies.md'), 'utf8');
const all = allSentences([gpio]);
const keys = Object.keys(all);

/** Every key with a text that shows where it begins and ends. */
const marked = Object.fromEntries(
  keys.map((key) => [key, `‹${[key, ...namesOf(all, key).map((name) => `{${name}}`)].join(' ')}›`]),
);

/** The texts of the bot that speaks German. */
function german(): Readonly<Record<string, string>> {
  const [, block = ''] =
    /## A bot that speaks German[\s\S]*?```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const { replies } = parse(block) as { replies: Readonly<Record<string, string>> };
  // Those of other plugins are looked after there.
  return Object.fromEntries(
    Object.entries(replies).filter(([key]) => !/^(?:texts|points)\./.test(key)),
  );
}

/** What is broken, and what is asked of things that hang or are missing. */
const trouble = definePlugin({
  name: 'trouble',
  needs: { gadgets: Gadgets, replies: Replies },
  async start({ gadgets, command, replies }) {
    const fail = async () => Promise.reject(new Error('loose wire'));
    const verbs = { on: verb({ about: 'On', run: fail }) };
    const create = async () => ({ state: 'broken', verbs });
    await gadgets.define(defineGadget({ type: 'wreck', about: 'A wreck', entries: {}, create }));
    // Reasons that take another process, a real clock or a crowd of faults to come about.
    command('say <key>', ({ args }) => {
      const values = Object.fromEntries(namesOf(all, args.key).map((name) => [name, 'x']));
      return refuse(args.key, { values, text: 'in English', retryAfter: 7_000 });
    });
    command('tell <key>', async ({ args, say }) => {
      const values = Object.fromEntries(namesOf(all, args.key).map((name) => [name, 'x']));
      await say(replies.text(args.key, values) ?? '');
    });
  },
});

const config = (file: string) => ({
  gadgets: {
    lamp: { type: 'light', pin: 2, dimmable: true, maxOn: '5m' },
    star: { type: 'light', pin: 3, busy: 'refuse', minOff: '10s' },
    vote: { type: 'light', pin: 4, crowd: 'vote(5s)', perRun: 1 },
    draw: { type: 'light', pin: 5, crowd: 'random(5s)' },
    first: { type: 'light', pin: 6, crowd: 'first(1m)' },
    pump: { type: 'relay', pin: 7, dutyCycle: { on: '1s', in: '1m' }, maxTogglesPerSecond: 1 },
    valve: { type: 'relay', pin: 8, deadTime: '5s', busy: 'queue(1)' },
    night: { type: 'light', pin: 9, quietHours: '00:00-23:59' },
    horn: { type: 'buzzer', pin: 10 },
    flute: { type: 'buzzer', pin: 13, tones: true },
    mood: { type: 'rgb', red: 14, green: 15, blue: 16 },
    arm: { type: 'motor', forward: 23, backward: 24 },
    flag: { type: 'servo', pin: 12 },
    door: { type: 'sensor', pin: 20 },
    temp: { type: 'thermometer', file },
    lights: { type: 'group', gadgets: ['lamp', 'star'] },
    party: { type: 'sequence', steps: ['horn beep', 'wait 1s', 'lamp on'] },
    gone: { type: 'sequence', steps: ['wreck on'] },
    wreck: { type: 'wreck' },
  },
  interlock: ['pump', 'valve'],
});

const story = `
  !help | !help lamp | !help nothing | !help estop | !help stop | !help help
  !lamp dance | !lamp blink 99 | !lamp off now | !lamp on 9m | !lamp dim | !lamp dim 30 | !lamp pulse 2 | !lamp blink 1
  !star blink 20 | !star on | !star off | !star on
  !vote on | +6s | !vote on | +6s | !draw on | +6s | !first on | !first off
  !pump on 1s | !valve on | +1s | !valve on | !pump on | +6s | !valve on | !pump toggle | !valve off | !valve nothing | !valve on 0s
  !night on | !horn | !horn 2 | !horn pattern .- | !horn pattern x | !horn 5 | !horn 6 | !horn 7 | !horn 8 | !horn 9 | +10s
  !flute play c4,e4 | !flute play x | !mood purple | !mood fade blue | !mood rainbow | !mood x y | !mood rainbow 99h | !mood off
  !arm forward | !arm backward 2s | !arm stop | !arm forward never | !flag 45 | !flag sweep 2 | +9s | !flag 999 | !flag angle 999 | !flag off
  !door | !temp | !lights on | !lights blink | !lights off | !party | !party | !party off | !gone
  !wreck on | !wreck on | !wreck on | !wreck on | !nothing | !stop | !estop | !lamp on
`;

async function play(bot: GpioBot): Promise<readonly string[]> {
  let count = 0;
  const asked: Promise<void>[] = [];
  for (const line of story.split(/[|\n]/).map((each) => each.trim())) {
    if (line.startsWith('+')) await bot.clock.advance(`${Number(line.slice(1, -1))}s`);
    else if (line !== '') {
      count += 1;
      // Some wait for the clock.
      asked.push(bot.hear(line, { as: `viewer${count}`, roles: ['moderator'] }));
      await bot.clock.advance('200ms');
    }
  }
  for (const key of keys) {
    const isRefusal = namesOf(all, key).includes('allowed');
    await bot.hear(`!${isRefusal ? 'say' : 'tell'} "${key}"`, { as: `asker of ${key}` });
  }
  await bot.clock.advance('1m');
  await Promise.all(asked);
  return bot.replies;
}

describe('replies: of a bot with gadgets', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'replies-'));
  const start = (replies: Readonly<Record<string, string>>) =>
    startGpioBot(config(path.join(folder, 'nothing')), { plugins: [trouble], replies });
  afterAll(() => rm(folder, { recursive: true, maxRetries: 9 }));

  it('are all that chat is told, and nothing of it is in English', async () => {
    const bot = await start(marked);
    const said = await play(bot);
    await bot.stop();
    expect(said.length).toBeGreaterThan(100);
    for (const text of said) expect(withoutMarked(text)).toBe('');
    const heard = new Set(
      said.flatMap((text) => [...text.matchAll(/‹(\S+?)[ ›]/g)]).map(([, key]) => key),
    );
    const unheard = keys.filter((key) => !heard.has(key.split(' ')[0] ?? ''));
    expect(unheard).toEqual([]);
  });

  it('can be German, as the page shows', async () => {
    const replies = german();
    expect(Object.keys(replies).sort()).toEqual([...keys].sort());
    const bot = await start(replies);
    const said = await play(bot);
    await bot.stop();
    expect(said).toEqual(
      expect.arrayContaining([
        'lamp leuchtet mit 30',
        'star ruht noch 10 s.',
        '"on" gewinnt mit 1 von 1: vote ist an',
        'blink braucht eine Zahl von 1 bis 20, etwa "blink 3".',
        'mood ist lila',
        'arm ist auf dem Weg vorwärts',
        'lights blinkt',
        'Notaus: alles ist aus, bis der Besitzer es freigibt.',
      ]),
    );
    const english = /\b(is|are|the|again|takes|cannot|until|with|times|your?|may be|such)\b/;
    expect(said.filter((text) => english.test(text))).toEqual([]);
  });

  it('have a row each in the docs', () => {
    const [, table = ''] = /## Pins and gadgets\n([\s\S]*?)\n## /.exec(page) ?? [];
    const rows = [...table.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|/gm)];
    expect(rows.map(([, key, text]) => [key, text])).toEqual(
      Object.entries(gpioReplies).map(([key, { text }]) => [key, text]),
    );
  });

  it('have no English beside them in the code', () => {
    const src = path.join(import.meta.dirname, '../src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' });
    // What check says of plugins.yaml is no chat.
    const spoken = files.filter((each) => each.endsWith('.ts') && !each.includes('config/'));
    for (const file of spoken) {
      const code = readFileSync(path.join(src, file), 'utf8');
      const refusals = [...code.matchAll(/\brefuse\(\s*'/g)].map(([found]) => found);
      expect([file, ...refusals]).toEqual([file]);
      for (const [, key = ''] of code.matchAll(/\breply: '([^']+)'/g)) {
        expect([
          file,
          Object.keys(gpioReplies).includes(key) || key.startsWith('{gadget} howls'),
        ]).toEqual([file, true]);
      }
    }
  });

  it('hold at once when they change, and those of a gadget hold before them', async () => {
    const bot = await startGpioBot(
      { gadgets: { lamp: { type: 'light', pin: 2, replies: { on: '{gadget}: {state}!' } } } },
      { replies: { 'state.on': 'an', 'gadget.done': '' } },
    );
    await bot.hear('!lamp on');
    await bot.hear('!lamp off');
    expect(bot.replies).toEqual(['lamp: an!']);
    await bot.stop();
    await expect(
      startGpioBot({ gadgets: { lamp: { type: 'light', pin: 2, replies: { on: '{stat}' } } } }),
    ).rejects.toThrow('did you mean {state}?');
  });
});

/** What stands outside of all marks. */
function withoutMarked(text: string): string {
  let left = text;
  for (let before = ''; before !== left; ) {
    before = left;
    left = left.replace(/‹[^‹›]*›/g, '');
  }
  return left;
}
