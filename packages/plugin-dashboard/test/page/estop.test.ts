import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Drawn, endDrawn, reportOf, Wishes } from './drawn.js';

let wishes: Wishes;
let keys: Set<(event: object) => void>;
beforeEach(() => {
  wishes = new Wishes();
  keys = new Set();
  Object.assign(globalThis, {
    addEventListener: (name: string, listener: (event: object) => void) => {
      if (name === 'keydown') keys.add(listener);
    },
    removeEventListener: (_: string, listener: (event: object) => void) => keys.delete(listener),
  });
});
afterEach(endDrawn);

const draw = (options: object = {}) => Drawn.of('estop', 'Estop', options);

/** Presses a key of the keyboard at that time. */
const strike = async (key: string, timeStamp: number, repeat = false) => {
  for (const each of keys) each({ key, timeStamp, repeat });
  await new Promise((resolve) => setImmediate(resolve));
};

const engaged = 'estop {"engage":true}';
const released = 'estop {"engage":false}';

describe('the emergency stop', () => {
  it('takes one click', async () => {
    const drawn = await draw();
    await drawn.press('EMERGENCY STOP');
    expect(wishes.asked).toEqual([engaged]);
    expect(drawn.texts('.estop-state')).toEqual(['']);
  });

  it('takes Escape twice, soon, and no other key', async () => {
    await draw();
    await strike('Escape', 1_000);
    await strike('Escape', 1_700);
    await strike('a', 1_750);
    expect(wishes.asked).toEqual([]);
    await strike('Escape', 2_200);
    expect(wishes.asked).toEqual([engaged]);
  });

  it('is not taken by a key that is held down', async () => {
    await draw();
    await strike('Escape', 1_000);
    for (let at = 1_010; at < 1_500; at += 30) await strike('Escape', at, true);
    expect(wishes.asked).toEqual([]);
  });

  it('hears no key any more once it is gone', async () => {
    await draw();
    await endDrawn();
    expect(keys.size).toBe(0);
  });

  it('is not confirmed where the bot does not answer, and says what to do', async () => {
    wishes.answers.set('estop', new Error('no network'));
    const drawn = await draw();
    await drawn.press('EMERGENCY STOP');
    expect(drawn.texts('.estop-state')).toEqual([
      'not confirmed: The bot does not answer. In a terminal: pertybot estop',
    ]);
  });

  it('is not confirmed where something could not be switched off', async () => {
    wishes.answers.set('estop', { done: false, text: 'The bot could not switch "lamp" off.' });
    const drawn = await draw();
    await drawn.press('EMERGENCY STOP');
    expect(drawn.text).toContain('not confirmed: The bot could not switch "lamp" off.');
    wishes.answers.delete('estop');
    await drawn.press('EMERGENCY STOP');
    expect(drawn.text).not.toContain('not confirmed');
  });

  it('can be pressed while the bot is not seen', async () => {
    wishes.answers.set('estop', new Error('no network'));
    const drawn = await draw({ state: { link: 'lost' } });
    await drawn.press('EMERGENCY STOP');
    expect(wishes.asked).toEqual([engaged]);
    expect(drawn.text).toContain('not confirmed');
  });

  it('is released only after it was asked whether that is safe', async () => {
    const drawn = await draw({ state: { report: reportOf({ estop: '@alice in chat' }) } });
    expect(drawn.text).toContain('Everything is stopped by @alice in chat.');
    await drawn.press('Release …');
    expect(wishes.asked).toEqual([]);
    await drawn.press('No');
    expect(drawn.find('fieldset')).toHaveLength(0);
    await drawn.press('Release …');
    await drawn.press('Yes, release');
    expect(wishes.asked).toEqual([released]);
    await drawn.tell({ report: reportOf() });
    expect(drawn.texts('button')).toEqual(['EMERGENCY STOP']);
  });

  it('can be pressed again while everything is stopped', async () => {
    const drawn = await draw({ state: { report: reportOf({ estop: 'bob' }) } });
    await drawn.press('EMERGENCY STOP');
    expect(wishes.asked).toEqual([engaged]);
    expect(drawn.find('.estop-engaged')).toHaveLength(1);
  });

  it('is no viewer’s, by hand or by key', async () => {
    const report = reportOf({ estop: 'bob' });
    const drawn = await draw({ state: { report }, me: { role: 'viewer' } });
    expect(drawn.button('EMERGENCY STOP').attributes.has('disabled')).toBe(true);
    await strike('Escape', 1_000);
    await strike('Escape', 1_100);
    expect(wishes.asked).toEqual([]);
    expect(drawn.texts('button')).toEqual(['EMERGENCY STOP']);
  });
});
