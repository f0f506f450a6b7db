import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Drawn, endDrawn, reportOf, Wishes } from './drawn.js';

let listeners: Map<string, Set<() => void>>;
let place: { hash: string };
beforeEach(() => {
  new Wishes().answers.set('/api/wiring', []);
  listeners = new Map();
  place = { hash: '' };
  Object.assign(globalThis, {
    location: place,
    addEventListener: (name: string, listener: () => void) => {
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
    },
    removeEventListener: (name: string, listener: () => void) => {
      listeners.get(name)?.delete(listener);
    },
  });
});
afterEach(endDrawn);

const draw = (options: object = {}) => Drawn.of('app', 'App', options);
const shown = (drawn: Drawn) =>
  drawn.find('main').flatMap((each) => each.attributes.get('aria-label') ?? []);

/** Somebody follows a link, or writes an address. */
async function goTo(drawn: Drawn, hash: string): Promise<void> {
  place.hash = hash;
  for (const each of listeners.get('hashchange') ?? []) each();
  await drawn.settle();
}

describe('the page', () => {
  it('has its views behind links, those of the owner for him alone', async () => {
    const links = async (role: string) => (await draw({ me: { role } })).texts('a');
    const all = ['Board', 'Chat', 'Why', 'Plugins', 'plugins.yaml', 'Logins', 'Numbers'];
    expect(await links('owner')).toEqual(all);
    const few = ['Board', 'Chat', 'Why', 'Plugins', 'Numbers'];
    expect(await links('operator')).toEqual(few);
    expect(await links('viewer')).toEqual(few);
  });

  it('shows the board first, and any other by its address', async () => {
    const drawn = await draw();
    expect(shown(drawn)).toEqual(['Board']);
    for (const [hash, title] of [
      ['#/chat', 'Chat'],
      ['#why', 'Why'],
      ['#/plugins', 'Plugins'],
      ['#/nothing', 'Board'],
      ['#/constructor', 'Board'],
      ['#//evil.example', 'Board'],
      ['', 'Board'],
    ] as const) {
      await goTo(drawn, hash);
      expect([hash, ...shown(drawn)]).toEqual([hash, title]);
    }
  });

  it('follows a link that is pressed before it is quite there', async () => {
    let reads = 0;
    const early = {
      get hash() {
        reads += 1;
        return reads === 1 ? '' : '#/chat';
      },
    };
    Object.assign(globalThis, { location: early });
    const drawn = await draw();
    expect(shown(drawn)).toEqual(['Chat']);
  });

  it('shows no view of the owner to another, whatever the address says', async () => {
    place.hash = '#/logins';
    expect(shown(await draw({ me: { role: 'operator' } }))).toEqual(['Board']);
  });

  it('marks where one is, for screen readers, too', async () => {
    const drawn = await draw();
    await goTo(drawn, '#/why');
    const marked = drawn.find('a').filter((each) => each.attributes.get('aria-current') === 'page');
    expect(marked.map((each) => each.textContent)).toEqual(['Why']);
  });

  it('leads to the pages of plugins, and says why one is not more than one could be', async () => {
    const limited = 'Without https, nobody in the network is more than operator.';
    const pages = [{ path: 'score', title: '<b>Score</b>' }];
    const drawn = await draw({ me: { role: 'operator', limited, pages } });
    expect(drawn.find('a').at(-1)?.attributes.get('href')).toBe('/pages/score/');
    expect(drawn.find('b')).toHaveLength(0);
    expect(drawn.texts('.note')).toContain(limited);
  });

  it('says how the bot does, and that it is not seen', async () => {
    const channels = [{ channel: 'streamer', joined: true }];
    const drawn = await draw({ state: { report: reportOf({ channels }) } });
    expect(drawn.texts('.standing')).toEqual(['ready #streamer']);
    expect(drawn.find('.standing-good')).toHaveLength(1);
    await drawn.tell({ report: reportOf({ state: 'starting' }) });
    expect(drawn.find('.standing-busy')).toHaveLength(1);
    await drawn.tell({ link: 'lost' });
    expect(drawn.texts('.standing-bad')).toEqual(['The bot is not seen']);
  });

  it('always has the emergency stop', async () => {
    const drawn = await draw();
    for (const hash of ['#/chat', '#/why', '#/plugins', '#/numbers', '#/board']) {
      await goTo(drawn, hash);
      expect(drawn.button('EMERGENCY STOP')).toBeDefined();
    }
  });

  it('hears of no address any more once it is gone', async () => {
    await draw();
    await endDrawn();
    expect(listeners.get('hashchange')?.size).toBe(0);
  });
});
