import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeMessage } from '@pertybot/core/testing';
import { readPageKeys } from '../../src/auth/key-file.js';
import { makeOneTime } from '../../src/auth/one-time-links.js';
import { PageDesk } from '../../src/server/page-desk.js';
import { FakeControl } from '../fake-control.js';

let folder: string;
let now: number;
let desk: PageDesk;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'desk-'));
  now = 0;
  desk = await open();
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

function open(address = 'http://localhost:7272/'): Promise<PageDesk> {
  const times = { now: () => now, monotonic: () => now };
  return PageDesk.open({ control: new FakeControl(), stateFolder: folder, ...times }, address);
}

const wordOf = (link: string) => new URL(link).searchParams.get('once') ?? '';

describe('what the page knows', () => {
  it('is counted, remembered and kept for the hour, whoever looks', () => {
    desk.hear({ name: 'message', data: makeMessage('hi') });
    desk.hear({ name: 'message', data: makeMessage('!lamp on') });
    desk.hear({ name: 'refusal', data: { reason: 'role' } });
    now = 60_000;
    desk.hear({ name: 'message', data: makeMessage('later') });
    expect(desk.counts.messages).toBe(3);
    expect([...desk.counts.refusals]).toEqual([['role', 1]]);
    expect(desk.feed.newest).toBe(4);
    expect(desk.hour.report.messages.slice(-2)).toEqual([2, 1]);
    expect(desk.hour.report.refusals.slice(-2)).toEqual([1, 0]);
  });

  it('touches nothing of a line of chat until somebody looks', () => {
    const untouchable = new Proxy(
      {},
      {
        get: () => {
          throw new Error('Somebody looked.');
        },
      },
    );
    for (let count = 0; count < 10_000; count++) desk.hear({ name: 'message', data: untouchable });
    expect([desk.counts.messages, desk.feed.newest]).toEqual([10_000, 10_000]);
    expect(() => desk.feed.after(9_999)).toThrow('Somebody looked.');
  });

  it('is looked at anew when something happened, and not for each line of chat, its refusal or its reply', () => {
    let touched = 0;
    desk.watch.touch = () => {
      touched += 1;
    };
    desk.hear({ name: 'message', data: makeMessage('!nothing') });
    desk.hear({ name: 'refusal', data: { reason: 'unknown' } });
    desk.hear({ name: 'reply', data: { channel: 'c', text: 'hi', delivery: {} } });
    expect(touched).toBe(0);
    for (const name of ['pin', 'gadget', 'plugin', 'estop', 'command', 'somethingNew']) {
      desk.hear({ name, data: {} });
    }
    expect(touched).toBe(6);
  });

  it('bears another name after each start', async () => {
    const other = await open();
    expect(desk.epoch).toMatch(/^[\w-]{12}$/);
    expect(other.epoch).not.toBe(desk.epoch);
  });
});

describe('a link', () => {
  it.each(['viewer', 'operator', 'owner'] as const)('makes a %s of its bearer, once', (role) => {
    const link = desk.link(role);
    expect(link).toMatch(/^http:\/\/localhost:7272\/login\?once=/);
    expect(desk.takeLink(wordOf(link))).toBe(role);
    expect(desk.takeLink(wordOf(link))).toBeUndefined();
  });

  it('of an earlier start is worth nothing', async () => {
    const link = desk.link('owner');
    const other = await open();
    expect(other.takeLink(wordOf(link))).toBeUndefined();
    expect(other.takeLink(wordOf(other.link('owner')))).toBe('owner');
  });

  it('is not made with the keys of the overlay or the metrics', () => {
    for (const key of [desk.keys.overlay, desk.keys.metrics, '', 'link']) {
      expect(desk.takeLink(makeOneTime(key, 'owner'))).toBeUndefined();
    }
  });

  it('is one of a thousand at most, of which none works twice', () => {
    const words = Array.from({ length: 1_005 }, () => wordOf(desk.link('viewer')));
    const taken = words.filter((word) => desk.takeLink(word) !== undefined);
    expect(taken).toHaveLength(1_000);
    expect(words.some((word) => desk.takeLink(word) !== undefined)).toBe(false);
  });
});

describe('the keys of OBS and Prometheus', () => {
  it('are new at their owner’s wish, in the file, too; links go on', async () => {
    const before = desk.keys;
    const link = desk.link('viewer');
    const after = await desk.revokeKeys();
    expect(after).toBe(desk.keys);
    expect(after.overlay).not.toBe(before.overlay);
    expect(after.metrics).not.toBe(before.metrics);
    expect(after.link).toBe(before.link);
    expect(await readPageKeys(folder)).toEqual(after);
    expect(desk.takeLink(wordOf(link))).toBe('viewer');
    expect((await open()).keys.overlay).toBe(after.overlay);
  });

  it('stay those of before where new ones cannot be kept', async () => {
    const before = desk.keys;
    await rm(folder, { recursive: true });
    await writeFile(folder, 'no folder');
    await expect(desk.revokeKeys()).rejects.toThrow();
    expect(desk.keys).toBe(before);
  });
});

describe('pages of plugins', () => {
  const page = { title: 'Score', files: '/nowhere' };

  it.each(['score', 's', 'a-1', 'x9-'])('may be at %j', (at) => {
    const undo = desk.add({ ...page, path: at });
    expect([...desk.pages.keys()]).toEqual([at]);
    undo();
    expect(desk.pages.size).toBe(0);
    undo();
  });

  it.each(['', '..', 'a/b', 'A', '1a', '-a', 'a.b', 'a%2f', 'a b', 'ä', '__proto__'])(
    'are not at %j',
    (at) => {
      expect(() => desk.add({ ...page, path: at })).toThrow(`cannot be added at "${at}"`);
      expect(desk.pages.size).toBe(0);
    },
  );

  it('do not take the place of one another', () => {
    const undo = desk.add({ ...page, path: 'score' });
    expect(() => desk.add({ ...page, path: 'score', title: 'Mine' })).toThrow('"score"');
    expect(desk.pages.get('score')?.title).toBe('Score');
    undo();
    desk.add({ ...page, path: 'score', title: 'Mine' });
    expect(desk.pages.get('score')?.title).toBe('Mine');
  });
});
