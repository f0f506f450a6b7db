import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  type BotEvents,
  conditionEntries,
  eventFacts,
  fitBy,
  type ReactingEvent,
  reactingEvents,
  v,
} from '../../src/index.js';
import { makeChannelEvents } from '../../src/testing/index.js';
import { coreFolder } from '../bot-folder.js';

const samples: { readonly [Event in ReactingEvent]: BotEvents[Event] } = makeChannelEvents();
const table = reactingEvents.flatMap((event) =>
  Object.keys(eventFacts[event].conditions).map((name) => [event, name] as const),
);

/** Why the sample of an event does not fit; undefined when it does. */
function unfit<Event extends ReactingEvent>(event: Event, wanted: Record<string, unknown>) {
  return fitBy<(typeof samples)[Event]>(eventFacts[event] as never, wanted)(samples[event]);
}

/** What the sample has, by the kind of the condition. */
function sampleOf<Event extends ReactingEvent>(event: Event, name: string): unknown {
  const condition = eventFacts[event].conditions[name];
  const value = condition?.of(samples[event] as never);
  return Array.isArray(value) ? value.at(-1) : value;
}

describe('the table of events', () => {
  it('has every event that the channel tells', () => {
    const source = readFileSync(path.join(coreFolder, 'src/contracts/events.ts'), 'utf8');
    const [, body = ''] = /export interface BotEvents \{([\s\S]*?)\n\}/.exec(source) ?? [];
    const [, imports = ''] =
      /import type \{([^}]*)\} from '.\/channel-events.js'/.exec(source) ?? [];
    const types = imports.split(',').map((each) => each.trim());
    const events = [...body.matchAll(/^ {2}(\w+): (\w+);/gm)].flatMap(([, name = '', type = '']) =>
      types.includes(type) ? [name] : [],
    );
    expect(events.length).toBeGreaterThan(30);
    expect([...events, 'announcement'].sort()).toEqual([...reactingEvents].sort());
  });

  it.each(table)('judges %s by its %s', (event, name) => {
    const value = sampleOf(event, name);
    expect(value).toBeDefined();
    const schema = v.strictObject(conditionEntries(eventFacts[event]));
    const wanted = v.parse(schema, { [name]: value }) as Record<string, unknown>;
    expect(unfit(event, wanted)).toBeUndefined();
    const wrong =
      typeof value === 'boolean'
        ? !value
        : typeof value === 'number'
          ? value + (name === 'max' ? -1 : 1)
          : ['nothing', 'of this'];
    const no = v.parse(schema, { [name]: wrong }) as Record<string, unknown>;
    expect(unfit(event, no)).toContain(`"${name}" asks for`);
  });

  it.each(reactingEvents)('says what %s tells', (event) => {
    const { about, values } = eventFacts[event];
    expect(about).toMatch(/^[A-Z].*\.$/);
    const data: never = samples[event] as never;
    const told = Object.entries(values).filter(([name]) => name !== 'recipient');
    for (const [, of] of told) expect(of(data)).toEqual(expect.any(String));
  });

  it('takes a reward by its id or its title, whatever the case, one or several', () => {
    for (const reward of ['r1', 'confetti', ['nothing', 'CONFETTI ']]) {
      expect(unfit('redeem', { reward })).toBeUndefined();
    }
    const { title: _, cost: __, ...fromChat } = samples.redeem;
    const fit = fitBy<BotEvents['redeem']>(eventFacts.redeem, { reward: ['Confetti'] });
    expect(fit(fromChat)).toBe('"reward" asks for Confetti, and it was r1');
    const dear = fitBy<BotEvents['redeem']>(eventFacts.redeem, { min: 100 });
    expect(dear(fromChat)).toBe('"min" asks for 100, and it was not told');
  });

  it('takes tiers as YAML has them', () => {
    const schema = v.strictObject(conditionEntries(eventFacts.subscribe));
    expect(v.parse(schema, { tier: 1 })).toEqual({ tier: ['1'] });
    expect(v.parse(schema, { tier: ['prime', 2] })).toEqual({ tier: ['prime', '2'] });
    for (const tier of [true, {}, [{}], null])
      expect(v.safeParse(schema, { tier }).success).toBe(false);
    for (const min of ['many', -1, Number.NaN, {}]) {
      expect(v.safeParse(schema, { min }).success).toBe(false);
    }
  });

  it('lets a train reach a level once, and the next one again', () => {
    const fit = fitBy<BotEvents['hypeTrainProgress']>(eventFacts.hypeTrainProgress, { level: 3 });
    const train = samples.hypeTrainProgress;
    expect(fit({ ...train, level: 2 })).toBe('"level" asks for 3, and it was 2');
    expect(fit(train)).toBeUndefined();
    expect(fit({ ...train, level: 4 })).toBe('it was set off before');
    expect(fit({ ...train, id: 'next' })).toBeUndefined();
    const always = fitBy<BotEvents['hypeTrainProgress']>(eventFacts.hypeTrainProgress, {});
    expect([always(train), always(train)]).toEqual([undefined, undefined]);
  });

  it('counts a bundle of gifts once', () => {
    const { counts } = eventFacts.giftSubscription;
    expect(counts?.(samples.giftSubscription)).toBe(true);
    expect(counts?.({ ...samples.giftSubscription, count: 0 })).toBe(false);
  });
});
