import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PageGadget, PageReport } from '../../../src/shared/feed.js';
import { Drawn, endDrawn, gadgetOf, outputOf, reportOf, Wishes } from '../drawn.js';
import { Told } from '../told.js';

let wishes: Wishes;
beforeEach(() => {
  wishes = new Wishes();
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: true }),
    CSS: { supports: (_: string, word: string) => ['purple', '#ff8000'].includes(word) },
  });
});
afterEach(endDrawn);

const card = (gadget: PageGadget, parts: Partial<PageReport> = {}, options: object = {}) =>
  Drawn.of('board/gadget-card', 'GadgetCard', {
    props: { gadget },
    state: { report: reportOf({ gadgets: [gadget], ...parts }) },
    ...options,
  });

const verbs = [
  { name: 'on', about: 'Switches it on', value: 'time' },
  { name: 'off', about: 'Switches it off' },
  { name: 'dim', about: 'Dims it', value: 'percent' },
];

describe('the card of a gadget', () => {
  it('says what it is, how it stands and at which pins', async () => {
    const gadget = gadgetOf({ state: 'on', pins: ['GPIO17', 'GPIO4'], waiting: 2, node: 'garden' });
    const drawn = await card(gadget, { outputs: [outputOf({ on: true, dryRun: true })] });
    expect(drawn.the('article').attributes.get('aria-label')).toBe('lamp, light, on');
    expect(drawn.texts('.gadget-state')).toEqual(['on, 2 waiting']);
    expect(drawn.texts('.gadget-pins')).toEqual(['light GPIO17 high GPIO4 on garden dry run']);
    expect(drawn.find('.gadget-on')).toHaveLength(1);
  });

  it('says who switched it on, while it is on', async () => {
    const { feed } = new Told().add(1, 'pin', {
      gadget: 'lamp',
      pin: 'GPIO17',
      on: true,
      cause: { by: 'alice' },
    });
    const gadget = gadgetOf({ state: 'on', pins: ['GPIO17'] });
    const drawn = await card(gadget);
    await drawn.tell({ feed, report: reportOf({ outputs: [outputOf({ on: true })] }) });
    expect(drawn.texts('.gadget-by')).toEqual([' by alice']);
    await drawn.tell({ report: reportOf({ outputs: [outputOf()] }) });
    expect(drawn.texts('.gadget-by')).toEqual([]);
  });

  it('says what is left of its time, how a vote stands, and what is wrong', async () => {
    const ballot = {
      policy: 'vote',
      closesAt: Date.now() + 3_600_000 * 3,
      voters: 1,
      choices: [
        { line: 'on', votes: 3 },
        { line: 'off', votes: 1 },
      ],
    };
    const gadget = gadgetOf({ pins: ['GPIO17'], ballot, away: 'Its machine is away.' });
    const offAt = Date.now() + 60_000;
    const outputs = [outputOf({ on: true, offAt, maxOn: 120_000, fault: 'the kernel says EIO' })];
    const drawn = await card(gadget, { outputs });
    expect(drawn.texts('.ring')[0]).toMatch(/^off in (?:59 s|1 min 0 s)$/);
    expect(drawn.texts('.ballot-title')[0]).toMatch(/^A vote, 1 voice decided in [23] h \d+ min$/);
    expect(drawn.texts('.bar-votes')).toEqual(['3', '1']);
    const [long, short] = drawn.find('.bar-share');
    expect([long?.style.width, short?.style.width]).toEqual(['75%', '25%']);
    expect(drawn.texts('.said-no')).toEqual([
      'Its machine is away.',
      'may be on: the kernel says EIO',
    ]);
  });

  it('has its verbs as buttons, and those with a value behind more', async () => {
    const drawn = await card(gadgetOf({ verbs }));
    await drawn.press('lamp off');
    expect(wishes.asked).toEqual(['drive {"gadget":"lamp","action":"off"}']);
    const [on, dim] = drawn.find('form');
    const [percent] = dim?.find('input') ?? [];
    if (!on || !dim || !percent) throw new Error('There is no form.');
    await drawn.type(percent, ' 40');
    await drawn.fire(dim, 'submit');
    await drawn.fire(on, 'submit');
    expect(wishes.asked.slice(1)).toEqual([
      'drive {"gadget":"lamp","action":"dim  40"}',
      'drive {"gadget":"lamp","action":"on"}',
    ]);
  });

  it('tells why it did not, and nothing where it did', async () => {
    const drawn = await card(gadgetOf({ verbs }));
    wishes.answers.set('drive', { done: false, text: 'It rests for 3 s.' });
    await drawn.press('lamp off');
    expect(drawn.texts('.gadget-no')).toEqual(['It rests for 3 s.']);
    expect(drawn.find('.gadget-refused')).toHaveLength(1);
    wishes.answers.set('drive', { done: true, text: 'Off.' });
    await drawn.press('lamp off');
    expect(drawn.texts('.gadget-no')).toEqual(['']);
    wishes.answers.set('drive', new Error('no network'));
    await drawn.press('lamp off');
    expect(drawn.texts('.gadget-no')).toEqual(['The bot does not answer.']);
  });

  it('tells what chat was refused, while it is news', async () => {
    const drawn = await card(gadgetOf());
    const now = Date.now();
    const { feed } = new Told().refuse(now - 60_000, 'bob', 'role', 'm', 'Too long ago.');
    await drawn.tell({ feed });
    expect(drawn.texts('.gadget-no')).toEqual(['']);
    await drawn.tell({ feed: new Told().refuse(now, 'bob', 'role', 'm').feed });
    expect(drawn.texts('.gadget-no')).toEqual(['bob: role']);
  });

  it('is only looked at by a viewer, and its button is pressed only in a rehearsal', async () => {
    const bell = gadgetOf({ name: 'bell', type: 'button', state: 'released', verbs });
    const inputs = [{ gadget: 'bell', pin: 'GPIO23', pressed: false, level: 1 as const }];
    const viewer = await card(bell, { inputs }, { me: { role: 'viewer', rehearsal: [] } });
    expect(viewer.find('button')).toHaveLength(0);
    const owner = await card(bell, { inputs });
    expect(owner.texts('button')).not.toContain('Press bell');
    const actor = await card(bell, { inputs }, { me: { role: 'operator', rehearsal: [] } });
    await actor.press('Press bell');
    expect(wishes.asked).toEqual(['press {"gadget":"bell"}']);
  });
});

describe('the picture of a gadget', () => {
  const picture = (type: string, state: string, isOn: boolean, parts: object = {}) =>
    Drawn.of('board/picture', 'Picture', {
      props: { gadget: gadgetOf({ type, state }), isOn, brightness: 0.5, ...parts },
    });

  it('is as bright as it is, and in its colour', async () => {
    const styleOf = async (...words: Parameters<typeof picture>) => {
      const [lamp] = (await picture(...words)).find('g');
      return [lamp?.style['--lamp'], lamp?.style['--bright']];
    };
    expect(await styleOf('light', 'on', true)).toEqual(['#ffb300', 0.5]);
    expect(await styleOf('light', 'off', false)).toEqual(['#ffb300', 0]);
    expect(await styleOf('rgb', 'purple', true)).toEqual(['purple', 1]);
    expect(await styleOf('rgb', '#ff8000', true)).toEqual(['#ff8000', 1]);
    expect(await styleOf('rgb', 'evil', true)).toEqual(['#ffffff', 1]);
    expect(await styleOf('rgb', 'on', true, { color: '#123456' })).toEqual(['#123456', 1]);
  });

  it('moves as it does', async () => {
    const contact = async (isOn: boolean) =>
      (await picture('relay', '', isOn)).the('.contact').attributes.get('d');
    expect(await contact(true)).not.toBe(await contact(false));
    const horn = async (state: string) =>
      (await picture('servo', state, false)).the('.horn').style.transform;
    expect(await horn('at 90°')).toBe('rotate(0deg)');
    expect(await horn('at -45.5°')).toBe('rotate(-135.5deg)');
    expect((await picture('servo', 'somewhere', false)).texts('.mark')).toEqual(['?']);
    expect((await picture('motor', 'forward', true)).find('.spin-back')).toHaveLength(0);
    expect((await picture('motor', 'backward', true)).find('.spin-back')).toHaveLength(1);
    expect((await picture('motor', 'stopped', false)).find('.spin')).toHaveLength(0);
    expect((await picture('buzzer', 'on', true)).find('.waves-on')).toHaveLength(1);
    expect((await picture('button', 'pressed', true)).find('.cap-down')).toHaveLength(1);
    expect((await picture('sensor', 'quiet', false)).find('.cap-down')).toHaveLength(0);
  });

  it('is as high as it is warm, within its glass', async () => {
    const high = async (state: string) => {
      const [mercury] = (await picture('thermometer', state, false)).find('.mercury');
      return Number(mercury?.attributes.get('height'));
    };
    const [cold, warm, hot] = [await high('-20 °C'), await high('21.5 °C'), await high('99 °C')];
    expect([cold, hot]).toEqual([6, 40]);
    expect(warm).toBeGreaterThan(cold);
    expect(await high('unknown')).toBe(6);
  });

  it.each(['sequence', 'wled', 'siren', '', '__proto__'])('is a box for a %j', async (type) => {
    expect((await picture(type, 'on', true)).find('.box')).toHaveLength(1);
  });
});

describe('the board', () => {
  it('says so where there is nothing, and shows what plugins drive themselves', async () => {
    wishes.answers.set('wiring', []);
    const drawn = await Drawn.of('board/board', 'Board');
    expect(drawn.text).toContain('The bot has no gadgets.');
    const outputs = [outputOf({ gadget: 'confetti', on: true })];
    await drawn.tell({ report: reportOf({ outputs, driver: 'simulated' }) });
    expect(drawn.texts('article')[0]).toContain('confetti');
    expect(drawn.text).toContain('driver simulated');
    expect(drawn.text).not.toContain('The bot has no gadgets.');
  });
});
