import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listPinUses, readSince } from '../../src/pins/list-pin-uses.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const alice = { kind: 'viewer', name: 'alice', command: 'lamp' };
const uses = [
  { at: ago(90), pin: 'GPIO17', gadget: 'lamp', by: alice, onFor: 3_000, end: alice },
  {
    at: ago(60),
    pin: 'GPIO27',
    gadget: 'horn',
    by: { kind: 'event', name: 'raid\u001b[31m' },
    times: 3,
    dryRun: true,
    onFor: 500,
    end: { kind: 'guard', name: 'its time was up' },
  },
  { at: ago(1), pin: 'GPIO17', gadget: 'lamp', by: { kind: 'terminal' } },
];

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({
    'plugins.yaml': 'plugins: []\n',
    '.pertybot/pins.log': `${uses.map((use) => JSON.stringify(use)).join('\n')}\n`,
  });
});
afterEach(() => folder.remove());

const list = (options: Partial<Parameters<typeof listPinUses>[1]> = {}) =>
  listPinUses(folder.path, { limit: 50, json: false, ...options });

describe('listPinUses', () => {
  it('tells who switched which pin, for how long, and what ended it', async () => {
    const lines = (await list()).split('\n').map((line) => line.replace(/^.{21}/, ''));
    expect(lines).toEqual([
      'lamp (GPIO17) on by @alice (!lamp); off after 3 s by @alice (!lamp)',
      'horn (GPIO27) on, 3 times by the event raid [dry-run]; off after 500 ms by the guard: its time was up',
      'lamp (GPIO17) on by a terminal; no end of it is noted yet',
    ]);
  });

  it('keeps to a pin under any of its names, to a time and to a number', async () => {
    for (const pin of ['lamp', 'GPIO17', '17', 'BOARD11']) {
      expect((await list({ pin })).split('\n')).toHaveLength(2);
    }
    expect(await list({ pin: 'nothing' })).toBe('No such use of a pin.');
    expect((await list({ since: Date.now() - 70 * 60_000 })).split('\n')).toHaveLength(2);
    expect(await list({ limit: 1 })).toMatch(/by a terminal/);
    expect((await list({ limit: 0 })).split('\n')).toHaveLength(3);
  });

  it('gives JSON', async () => {
    expect(JSON.parse(await list({ json: true }))).toEqual(uses);
  });

  it('says so where no pin was switched', async () => {
    const empty = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
    expect(await listPinUses(empty.path, { limit: 50, json: false })).toBe(
      'No pin was switched in the last 30 days.',
    );
    await empty.remove();
  });
});

describe('readSince', () => {
  it('reads durations and times, and nothing else', () => {
    expect(readSince('2h', 10_000_000)).toBe(2_800_000);
    expect(readSince('2026-11-29T20:15:00Z', 0)).toBe(Date.UTC(2026, 10, 29, 20, 15));
    expect(readSince('2026-11-29', 0)).toBe(new Date(2026, 10, 29).getTime());
    for (const text of ['', 'yesterday', '5', '2026-99-99']) {
      expect(readSince(text, 0)).toBeUndefined();
    }
  });
});
