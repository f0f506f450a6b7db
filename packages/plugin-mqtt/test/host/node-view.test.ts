import { beforeEach, describe, expect, it } from '@jest/globals';
import { isRefusal } from '@pertybot/core';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import type { PublishOptions } from '../../src/client/broker.js';
import { NodeView } from '../../src/host/node-view.js';
import type { Messages } from '../../src/protocol/messages.js';
import { host, idOf, stranger } from '../support/said.js';

let clock: ManualClock;
let log: MemoryLogger;
let view: NodeView;
let changes: number;
let isUp: boolean;
let published: (PublishOptions & {
  readonly leaf: string;
  readonly said: Record<string, unknown>;
})[];

beforeEach(() => {
  clock = new ManualClock();
  log = new MemoryLogger();
  changes = 0;
  isUp = true;
  published = [];
  view = new NodeView(
    'garage',
    { gadgets: {} },
    {
      ...{ clock, log, host },
      changed: () => void changes++,
      announced() {},
      publish(topic, payload, options) {
        if (!isUp) return false;
        published.push({ ...options, leaf: topic.split('/')[2] ?? '', said: JSON.parse(payload) });
        return true;
      },
    },
  );
});

const session = idOf('c');
let n = 0;
const beat = () => view.hear({ session, n: ++n });
const of = (leaf: string) => published.filter((each) => each.leaf === leaf);
const wants = () => of('lease').map(({ said }) => said.wants);
const stateOf = (more: Partial<Messages['state']> = {}): Messages['state'] => ({
  ...{ session, holder: host, holds: false, gadgets: {} },
  ...more,
});
const on = { do: 'perform', gadget: 'lamp', action: 'on', paid: false } as const;

/** The id of the wish that was sent last. */
const lastWish = () => String(of('wish').at(-1)?.said.id);

describe('a node', () => {
  it('is there from its first beat, and away two seconds after its last', async () => {
    expect([view.isThere, view.wasHeard, view.heardAgo]).toEqual([false, false, undefined]);
    beat();
    expect([view.isThere, view.refusal()]).toEqual([true, undefined]);
    await clock.advance('1999ms');
    expect([view.isThere, view.heardAgo]).toEqual([true, 1_999]);
    await clock.advance('1ms');
    expect([view.isThere, view.wasHeard, view.refusal()?.reason]).toEqual([
      false,
      true,
      'mqtt.away',
    ]);
    expect(log.lines.map(({ message }) => message)).toEqual([
      '"garage" is there.',
      '"garage" is away: nothing is heard of it.',
    ]);
  });

  it('is not kept there by a beat that came twice, late, or in another order', async () => {
    view.hear({ session, n: 5 });
    await clock.advance('1500ms');
    for (const old of [5, 4, 1, 0]) view.hear({ session, n: old });
    await clock.advance('500ms');
    expect(view.isThere).toBe(false);
  });

  it('that starts anew has forgotten what was wished, and is greeted at once', async () => {
    view.hear({ session, n: 900 });
    view.see(stateOf({ holds: true }), false);
    const waiting = view.wish(on);
    view.hear({ session: idOf('d'), n: 1 });
    expect(isRefusal(await waiting)).toBe(true);
    expect([view.isThere, view.isLeased, view.holder]).toEqual([true, false, undefined]);
  });

  it('is lost once, however often that is said, and says so once', () => {
    beat();
    changes = 0;
    for (let times = 0; times < 10; times++) view.lose();
    expect([changes, log.lines.length]).toEqual([1, 2]);
  });

  it('tells of a change to whoever waits for one, each once', async () => {
    let heard = 0;
    for (let count = 0; count < 1_000; count++) void view.nextChange().then(() => heard++);
    beat();
    await clock.advance('0ms');
    beat();
    await clock.advance('0ms');
    expect(heard).toBe(1_000);
  });
});

describe('what a node says of itself', () => {
  it('counts not when the broker kept it of an earlier life', () => {
    beat();
    const lamp = { state: 'on', busy: false, waiting: 0, on: [true] };
    view.see(stateOf({ session: idOf('d'), gadgets: { lamp } }), true);
    expect(view.states).toEqual({});
    view.see(stateOf({ gadgets: { lamp } }), true);
    expect(view.states).toEqual({ lamp });
  });

  it('names the bot that holds it, which is refused to all others', async () => {
    beat();
    view.see(stateOf({ holder: stranger }), false);
    expect(view.refusal()).toMatchObject({ reason: 'mqtt.held', values: { holder: 'stranger' } });
    expect(await view.wish(on)).toMatchObject({ reason: 'mqtt.held' });
    expect(of('wish')).toEqual([]);
    view.leave();
    expect(wants()).not.toContain('bye');
  });

  it('is claimed again at once when nobody holds it', () => {
    beat();
    view.see(stateOf({ holder: null }), false);
    expect(wants()).toEqual(['nothing']);
    view.lose();
    beat();
    expect(wants()).toEqual(['nothing', 'nothing']);
  });

  it('is no lease of another life of this bot', () => {
    beat();
    view.see(stateOf({ holder: { ...host, session: idOf('7') }, holds: true }), false);
    expect(view.isLeased).toBe(false);
  });
});

describe('a lease', () => {
  /** Beats and renews as a running host does. */
  async function run(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= 500) {
      beat();
      view.renew();
      await clock.advance('500ms');
    }
  }

  it('is renewed each time while something is on, else claimed every two seconds', async () => {
    await run(4_000);
    expect(wants()).toEqual(['nothing', 'nothing']);
    published = [];
    view.see(stateOf({ holds: true }), false);
    await run(4_000);
    expect(wants()).toEqual(Array(8).fill('on'));
    expect(of('lease').every(({ qos, retain }) => qos === 0 && !retain)).toBe(true);
  });

  it('quotes the beat that was heard last', async () => {
    view.see(stateOf({ holds: true }), false);
    await run(1_000);
    expect(of('lease').at(-1)?.said.beat).toEqual({ session, n });
  });

  it('goes on for a second after a wish, though nothing was heard of it', async () => {
    beat();
    published = [];
    const wished = view.wish({ do: 'off' });
    view.take({ is: 'moved', wish: lastWish(), text: '' });
    await wished;
    await run(3_000);
    expect(wants().slice(0, 3)).toEqual(['on', 'on', 'nothing']);
  });

  it('says nothing to a node that is away, was never there, or has another holder', async () => {
    view.renew();
    view.leave();
    beat();
    await clock.advance('2s');
    published = [];
    view.renew();
    view.leave();
    expect(published).toEqual([]);
  });

  it('ends with a good-bye, and what was wished is lost with it', async () => {
    beat();
    const wished = view.wish(on);
    view.leave();
    expect(wants().at(-1)).toBe('bye');
    expect(await wished).toMatchObject({ reason: 'mqtt.away' });
    expect([view.isThere, clock.pending]).toEqual([false, 0]);
  });
});

describe('a wish', () => {
  beforeEach(() => {
    beat();
    published = [];
  });

  it('goes out once, expires, and is kept by nobody', async () => {
    void view.wish(on);
    expect(of('wish')).toMatchObject([
      { qos: 1, expiry: 2_000, said: { host, ask: on, beat: { session, n } } },
    ]);
    expect(of('wish')[0]?.retain).toBeUndefined();
    view.lose();
  });

  it('is refused at once while the broker is away, and nothing is kept for later', async () => {
    isUp = false;
    expect(await view.wish(on)).toMatchObject({ reason: 'mqtt.away' });
    isUp = true;
    await clock.advance('1s');
    expect(of('wish')).toEqual([]);
  });

  it('that is not answered in a second is taken back by its id', async () => {
    const wished = view.wish(on);
    const id = lastWish();
    await clock.advance('999ms');
    expect(of('wish')).toHaveLength(1);
    await clock.advance('1ms');
    expect(await wished).toMatchObject({ reason: 'mqtt.away' });
    expect(of('wish')[1]?.said.ask).toEqual({ do: 'cancel', wish: id });
    // One that switches off is not: it may be done late.
    const off = view.wish({ do: 'off' });
    await clock.advance('1s');
    await off;
    expect(of('wish')).toHaveLength(3);
  });

  it('is answered by its id alone, and once', async () => {
    const first = view.wish(on);
    const id = lastWish();
    view.take({ is: 'moved', wish: idOf('0'), text: 'of somebody else' });
    view.take({ is: 'moved', wish: id, text: 'lamp is on' });
    view.take({ is: 'refused', wish: id, refusal: { reason: 'x', text: 'late' } });
    expect(await first).toMatchObject({ text: 'lamp is on' });
    expect(view.roundTrip).toBe(0);
  });
});

describe('two machines of the same name', () => {
  it('are asked for nothing, and told of once', async () => {
    for (let each = 0; each < 20; each++) {
      view.hear({ session: idOf(each % 2 === 0 ? 'c' : 'd'), n: 100 + each });
      await clock.advance('250ms');
    }
    expect(await view.wish(on)).toMatchObject({ reason: 'mqtt.away' });
    expect(of('wish')).toEqual([]);
    expect(log.lines.filter(({ message }) => message.startsWith('Two machines'))).toHaveLength(1);
  });
});

describe('a beat that somebody made up', () => {
  it('does not keep the node away for ever', async () => {
    beat();
    view.hear({ session, n: Number.MAX_SAFE_INTEGER });
    await clock.advance('2s');
    expect(view.isThere).toBe(false);
    beat();
    expect(view.isThere).toBe(true);
  });
});
