import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LiveState } from '../../../src/page/live/live-state.js';
import { Drawn, endDrawn, gadgetOf, outputOf, reportOf } from '../drawn.js';
import { somebody, Told } from '../told.js';

beforeEach(() => {
  Object.assign(globalThis, { CSS: { supports: () => false } });
});
afterEach(endDrawn);

const draw = (state: Partial<LiveState> = {}) =>
  Drawn.of('overlay/overlay', 'Overlay', { state, me: { role: 'viewer' } });

describe('the overlay', () => {
  it('is empty where nothing is on and nothing happened', async () => {
    expect((await draw()).text).toBe('');
    const report = reportOf({ gadgets: [gadgetOf()], outputs: [outputOf()] });
    expect((await draw({ report })).text).toBe('');
  });

  it('is empty while the bot is not seen: nothing that it would say is known to be true', async () => {
    const report = reportOf({ gadgets: [gadgetOf()], outputs: [outputOf({ on: true })] });
    const drawn = await draw({ report });
    expect(drawn.texts('.overlay-name')).toEqual(['lamp']);
    await drawn.tell({ link: 'lost' });
    expect(drawn.root.childNodes).toHaveLength(0);
    await drawn.tell({ link: 'live' });
    expect(drawn.texts('.overlay-name')).toEqual(['lamp']);
  });

  it('shows what is on, by whom and for how long, and what waits', async () => {
    const { feed } = new Told().add(1, 'pin', {
      gadget: 'lamp',
      pin: 'GPIO17',
      on: true,
      cause: { by: 'alice' },
    });
    const gadgets = [gadgetOf(), gadgetOf({ name: 'fan', waiting: 3 }), gadgetOf({ name: 'horn' })];
    const outputs = [outputOf({ on: true, offAt: Date.now() + 5_000, maxOn: 10_000 })];
    const drawn = await draw({ feed, report: reportOf({ gadgets, outputs }) });
    expect(drawn.texts('.overlay-name')).toEqual(['lamp', 'fan']);
    expect(drawn.texts('.overlay-by')).toEqual(['by alice']);
    expect(drawn.texts('.overlay-queue')).toEqual(['3 waiting']);
    expect(drawn.texts('.ring')[0]).toMatch(/ [45] s$/);
  });

  it('shows how a vote stands', async () => {
    const choices = [{ line: 'on', votes: 2 }];
    const ballot = { policy: 'random', closesAt: Date.now() + 9_000, voters: 2, choices };
    const drawn = await draw({ report: reportOf({ gadgets: [gadgetOf({ ballot })] }) });
    expect(drawn.text).toContain('What shall lamp do?');
    expect(drawn.texts('.ballot-title')[0]).toMatch(/^A lucky one is drawn, 2 voices decided in/);
    expect(drawn.the('.overlay-vote').attributes.get('data-vote')).toBe('lamp');
  });

  it('says that everything is stopped, and not by whom', async () => {
    const drawn = await draw({ report: reportOf({ estop: '@alice in chat' }) });
    expect(drawn.text).toBe('Everything is stopped');
  });

  it('shows four pieces of news at most, none that is old', async () => {
    const now = Date.now();
    const told = new Told().run(now - 60_000, 'old', 'lamp', 'm');
    for (let count = 0; count < 9; count++) told.run(now, `v${count}`, 'lamp', `${count}`);
    const drawn = await draw({ feed: told.feed });
    expect(drawn.texts('.overlay-command')).toEqual([
      'v5: lamp',
      'v6: lamp',
      'v7: lamp',
      'v8: lamp',
    ]);
  });

  it('takes the time of the bot, whatever the clock of OBS shows', async () => {
    const ahead = 3_600_000;
    const { feed } = new Told().run(Date.now() + ahead, 'alice', 'lamp', 'm');
    expect((await draw({ feed, ahead })).texts('.overlay-command')).toEqual(['alice: lamp']);
    expect((await draw({ feed, ahead: 2 * ahead })).texts('.overlay-command')).toEqual([]);
  });

  it('shows polls with their bars, refusals, refunds and cheers', async () => {
    const at = Date.now();
    const user = somebody('alice');
    const redemption = { id: 'r', reward: 'lamp', title: 'Lamp', cost: 500 };
    const choices = [
      { title: 'Red', votes: 1 },
      { title: 'Blue', votes: 3 },
    ];
    const { feed } = new Told()
      .add(at, 'event', { name: 'pollProgress', facts: { title: 'Colour?' }, choices })
      .refuse(at, 'bob', 'role', 'm')
      .add(at, 'refusal', { reason: 'estop', command: 'lamp', user, messageId: '', redemption })
      .happen(at, 'cheer', { bits: 100, message: 'yes!' }, 'dora');
    const drawn = await draw({ feed });
    expect(
      drawn
        .find('.overlay-news')[0]
        ?.find('li')
        .map((each) => each.classes[0]),
    ).toEqual([
      'overlay-event',
      undefined,
      undefined,
      'overlay-refusal',
      'overlay-refund',
      'overlay-event',
    ]);
    expect(drawn.texts('.bar-votes')).toEqual(['1', '3']);
    expect(drawn.texts('.overlay-refund')).toEqual(['alice has 500 points back: estop']);
    expect(drawn.texts('.overlay-event').at(-1)).toBe('dora cheers 100 bits: “yes!”');
  });
});
