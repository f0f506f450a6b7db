import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Drawn, endDrawn, reportOf, Wishes } from '../drawn.js';

let wishes: Wishes;
let reloads: number;
beforeEach(() => {
  wishes = new Wishes();
  wishes.answers.set('/health', { ok: true, reasons: [] });
  wishes.answers.set('keys', { overlay: 'http://bot/overlay?key=o', metrics: 'http://bot/m' });
  reloads = 0;
  const location = {
    reload: () => {
      reloads += 1;
    },
  };
  Object.assign(globalThis, { location });
});
afterEach(endDrawn);

/** Drawn, with what it asked for at first answered. */
async function draw(options: object = {}): Promise<Drawn> {
  const drawn = await Drawn.of('numbers/numbers-view', 'NumbersView', options);
  await drawn.settle();
  return drawn;
}

const minutes = (last: readonly number[]) => [...Array(60 - last.length).fill(0), ...last];
const hour = {
  messages: minutes([1, 2, 3]),
  commands: minutes([1]),
  refusals: minutes([]),
  timeOn: [{ pin: 'GPIO17', gadget: 'lamp', seconds: minutes([30, 60, 0.4]) }],
};

describe('numbers', () => {
  it('say whether all is well, and ask anew when something changes', async () => {
    const drawn = await draw();
    expect(drawn.texts('.health-ok')).toEqual(['All is well.']);
    wishes.answers.set('/health', { ok: false, reasons: ['oauth is waiting: login', 'not in #x'] });
    await drawn.tell({ report: reportOf({ state: 'starting' }) });
    await drawn.settle();
    expect(drawn.texts('.said-no')).toEqual(['Not all is well:']);
    expect(drawn.texts('li')).toEqual(['oauth is waiting: login', 'not in #x']);
  });

  it('show what happened in the last hour, in words, too', async () => {
    const drawn = await draw({ state: { hour } });
    const told = drawn.find('svg').map((each) => each.attributes.get('aria-label'));
    expect(told).toEqual([
      'Messages: 6 in the last hour, at most 3 in a minute',
      'Commands: 1 in the last hour, at most 1 in a minute',
      'Refusals: 0 in the last hour, at most 0 in a minute',
      'lamp GPIO17 on: 90 s in the last hour, at most 60 s in a minute',
    ]);
    const bars = drawn.find('svg').map((each) => each.find('rect').length);
    expect(bars).toEqual([3, 1, 0, 3]);
  });

  it('draw bars within their plot, whatever the numbers are', async () => {
    const wild = { ...hour, messages: minutes([0.001, 1e9, 5]), commands: [], refusals: [7] };
    const drawn = await draw({ state: { hour: wild } });
    const numbersOf = (name: string) =>
      drawn.find('rect').map((each) => Number(each.attributes.get(name)));
    for (const high of numbersOf('height')) {
      expect(high).toBeGreaterThanOrEqual(2);
      expect(high).toBeLessThanOrEqual(48);
    }
    for (const y of numbersOf('y')) expect(y).toBeGreaterThanOrEqual(0);
  });

  it('show the addresses to the owner alone, and new ones in place of the old', async () => {
    const viewer = await draw({ me: { role: 'viewer' } });
    expect(viewer.text).not.toContain('Addresses');
    expect(wishes.asked).not.toContain('keys');
    const drawn = await draw();
    expect(drawn.texts('code')).toEqual(['http://bot/overlay?key=o', 'http://bot/m']);
    wishes.answers.set('keys', { overlay: 'http://bot/overlay?key=n', metrics: 'http://bot/n' });
    await drawn.press('Make new ones, and end these');
    await drawn.settle();
    expect(wishes.asked).toContain('keys {}');
    expect(drawn.texts('code')).toEqual(['http://bot/overlay?key=n', 'http://bot/n']);
  });

  it('let one out, and ask anew who one is', async () => {
    const drawn = await draw({ me: { role: 'operator' } });
    expect(drawn.text).toContain('You are operator.');
    await drawn.press('Log out');
    await drawn.settle();
    expect(wishes.asked.at(-1)).toBe('logout {}');
    expect(reloads).toBe(1);
  });

  it('outlive a bot that does not answer', async () => {
    for (const name of ['/health', 'keys']) wishes.answers.set(name, new Error('no network'));
    const drawn = await draw();
    expect(drawn.texts('.said-no')).toEqual(['Not all is well:']);
    expect(drawn.texts('code')).toEqual(['', '']);
  });
});
