import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Published } from '../support/fake-broker.js';
import { type Machine, Machines } from '../support/machines.js';

let machines: Machines;
let garage: Machine;
let host: Machine;

beforeEach(async () => {
  machines = new Machines();
  garage = await machines.node();
  host = await machines.host();
  await machines.pass(600);
});

afterEach(() => machines.end());

/** How often a pin went on. */
function timesOn(machine: Machine): number {
  return machine.bot.events.filter(
    ({ type, data }) => String(type) === 'pin' && Object(data).on === true,
  ).length;
}

function answersTo(wish: Published): readonly string[] {
  const { id } = JSON.parse(wish.text);
  return machines.broker
    .of('answer')
    .map(({ text }) => JSON.parse(text))
    .filter((answer) => answer.wish === id)
    .map(({ is }) => is);
}

/** What a host that is not there any more, or nobody, might say. */
function forged(more: Record<string, unknown> = {}): Record<string, unknown> {
  const [wish] = machines.broker.of('wish');
  const beats = machines.broker.of('beat');
  const { host: from } = JSON.parse(wish?.text ?? '{}');
  return {
    id: 'f'.repeat(16),
    host: from ?? { id: 'a'.repeat(16), session: 'b'.repeat(16), name: 'stranger' },
    beat: JSON.parse(beats.at(-1)?.text ?? '{}'),
    ask: { do: 'perform', gadget: 'lamp', action: 'on', paid: false },
    ...more,
  };
}

describe('a wish', () => {
  it('goes out once, is kept by nobody, and expires', async () => {
    await host.bot.hear('!lamp on');
    const [wish] = machines.broker.of('wish');
    expect(wish).toMatchObject({ qos: 1, expiry: 2_000, topic: 'pertybot/garage/wish' });
    expect(wish?.retain ?? false).toBe(false);
    expect(wish?.text).not.toMatch(/2026|T\d\d:/);
  });

  it('that comes twice is done and answered once', async () => {
    machines.broker.doubles = true;
    await host.bot.hear('!lamp blink 1');
    await machines.pass(1_000);
    expect(timesOn(garage)).toBe(1);
    const [wish] = machines.broker.of('wish');
    expect(wish && answersTo(wish)).toEqual(['moved', 'done']);
    // A minute is long enough for any broker.
    machines.broker.doubles = false;
    if (wish) machines.broker.say(wish.topic, wish.text);
    await machines.pass(100);
    expect(timesOn(garage)).toBe(1);
  });

  it('that a broker held back for six seconds is refused, whatever its expiry', async () => {
    machines.broker.isStopped = true;
    const heard = host.bot.hear('!lamp on');
    await machines.pass(1_100);
    await heard;
    expect(host.bot.replies).toEqual(['garage is not there.']);
    await machines.pass(4_900);
    machines.broker.goOn();
    await machines.pass(200);
    expect(timesOn(garage)).toBe(0);
    const [wish] = machines.broker.of('wish');
    expect(wish && answersTo(wish)).toEqual(['refused']);
  });

  it('that its host gave up is not done when it comes a little later, nor what it did left on', async () => {
    machines.broker.isStopped = true;
    const heard = host.bot.hear('!lamp on');
    await machines.pass(1_100);
    await heard;
    machines.broker.goOn();
    await machines.pass(300);
    expect(garage.level(17)).toBe(0);
    machines.broker.isStopped = true;
    const again = host.bot.hear('!lamp on');
    await machines.pass(1_100);
    await again;
    machines.broker.goOn(true);
    await machines.pass(300);
    expect(garage.level(17)).toBe(0);
  });

  it('that quotes a beat of an earlier life of the node is refused', async () => {
    const wish = forged();
    await machines.stop(garage);
    garage = await machines.node();
    await machines.pass(600);
    machines.broker.say('pertybot/garage/wish', JSON.stringify(wish));
    await machines.pass(100);
    expect(garage.level(17)).toBe(0);
  });

  it('is not done when the broker had kept it', async () => {
    machines.broker.keep('pertybot/garage/wish', JSON.stringify(forged()));
    machines.broker.cut('pertybot-garage');
    machines.broker.comeBack();
    await machines.pass(200);
    expect(garage.level(17)).toBe(0);
  });

  it('for a gadget that is not there says so', async () => {
    const ask = { do: 'perform', gadget: 'gone', action: 'on', paid: false };
    await host.bot.hear('!lamp on');
    machines.broker.say('pertybot/garage/wish', JSON.stringify(forged({ ask })));
    await machines.pass(100);
    const last = JSON.parse(machines.broker.of('answer').at(-1)?.text ?? '{}');
    expect(last).toMatchObject({ is: 'refused', refusal: { text: 'garage has no "gone" now.' } });
  });

  it('is judged by the guard of the node, whose own words reach chat', async () => {
    await machines.stop(garage);
    garage = await machines.node('garage', {
      horn: { type: 'buzzer', pin: 'GPIO27', maxOn: '2s', minOff: '10s' },
    });
    await machines.pass(600);
    await host.bot.hear('!horn beep 1');
    await machines.pass(1_000);
    await host.bot.hear('!horn beep 1');
    expect(host.bot.replies).toEqual(['horn beeps once', expect.stringMatching(/^horn rests for/)]);
    expect(host.bot.refusals.at(-1)).toMatchObject({ reason: 'pin.minOff', command: 'horn' });
  });
});

describe('strangers', () => {
  it('reach nothing with ten thousand messages', async () => {
    const texts = [
      '',
      '{',
      '[]',
      'null',
      '"on"',
      '\u0000\u0001',
      JSON.stringify(forged({ extra: 1 })),
      JSON.stringify(forged({ beat: { session: 'x', n: -1 } })),
      JSON.stringify(
        forged({ ask: { do: 'perform', gadget: '../lamp', action: 'on', paid: false } }),
      ),
      JSON.stringify(
        forged({ ask: { do: 'perform', gadget: '__proto__', action: 'on', paid: false } }),
      ),
      JSON.stringify(forged({ id: 'not an id' })),
      `{"__proto__":${JSON.stringify(forged())}}`,
    ];
    const leaves = [
      'wish',
      'lease',
      'estop',
      'release',
      'beat',
      'gadgets',
      'state',
      'answer/x',
      'x',
    ];
    for (let count = 0; count < 10_000; count++) {
      const leaf = leaves[count % leaves.length];
      machines.broker.say(`pertybot/garage/${leaf}`, texts[count % texts.length] ?? '');
    }
    await machines.pass(600);
    expect(timesOn(garage)).toBe(0);
    const told = [...garage.bot.log, ...host.bot.log].filter(({ message }) =>
      message.includes('made no sense'),
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(4);
    await host.bot.hear('!lamp on');
    expect(garage.level(17)).toBe(1);
  });

  it('reach nothing with a huge message', async () => {
    const huge = JSON.stringify(forged({ host: { name: 'x'.repeat(5_000_000) } }));
    machines.broker.say('pertybot/garage/wish', huge);
    machines.broker.say('pertybot/garage/gadgets', huge);
    machines.broker.say('pertybot/garage/wish', Buffer.alloc(1_000_000, 0xff));
    await machines.pass(600);
    expect(timesOn(garage)).toBe(0);
    await host.bot.hear('!lamp on');
    expect(garage.level(17)).toBe(1);
  });

  it('put nothing of chat into a topic', async () => {
    for (const line of ['!lamp #', '!lamp on/../../estop', '!lamp +/wish', '!garage/lamp on']) {
      await host.bot.hear(line);
    }
    const topics = new Set(machines.broker.published.map(({ topic }) => topic));
    for (const topic of topics)
      expect(topic).toMatch(/^pertybot\/garage\/[a-z]+(\/[0-9a-f]{16})?$/);
  });
});
