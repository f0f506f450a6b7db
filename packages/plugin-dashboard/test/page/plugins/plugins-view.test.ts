import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Drawn, endDrawn, reportOf, Wishes } from '../drawn.js';

let wishes: Wishes;
beforeEach(() => {
  wishes = new Wishes();
});
afterEach(endDrawn);

const plugin = (id: string, state: string, parts: object = {}) => {
  return { id, use: id, about: `About ${id}`, state, commands: [], ...parts };
};

const draw = (plugins: readonly ReturnType<typeof plugin>[], options: object = {}) =>
  Drawn.of('plugins/plugins-view', 'PluginsView', {
    state: { report: reportOf({ plugins }) },
    ...options,
  });

describe('the plugins', () => {
  it('are shown with their state, its reason, their version and commands', async () => {
    const drawn = await draw([
      plugin('gpio', 'running', { version: '0.1.0', commands: ['!lamp', '!horn'] }),
      plugin('oauth', 'waiting', { detail: 'login' }),
      plugin('dice', 'failed', { detail: 'no dice' }),
    ]);
    expect(drawn.texts('h3')).toEqual(['gpio running', 'oauth waiting', 'dice failed']);
    expect(drawn.text).toContain('gpio 0.1.0 · !lamp !horn');
    expect(drawn.texts('.note')).toEqual(['login']);
    expect(drawn.texts('.said-no')).toEqual(['no dice']);
  });

  it('are restarted, disabled and enabled by their owner, who is told what became of it', async () => {
    const drawn = await draw([plugin('gpio', 'running'), plugin('dice', 'disabled')]);
    expect(drawn.texts('button').filter((text) => text === 'Restart')).toHaveLength(1);
    wishes.answers.set('restart', { done: true, text: 'Restarted gpio.' });
    await drawn.press('Restart gpio');
    expect(drawn.text).toContain('Restarted gpio.');
    await drawn.press('Disable gpio');
    const undone = 'Undone, the bot runs on as before: The pin is busy.';
    wishes.answers.set('switch', { done: false, text: undone });
    await drawn.press('Enable dice');
    expect(wishes.asked).toEqual([
      'restart {"plugin":"gpio"}',
      'switch {"plugin":"gpio","enabled":false}',
      'switch {"plugin":"dice","enabled":true}',
    ]);
    expect(drawn.texts('.said-no')).toEqual([undone]);
  });

  it('are removed only after it was asked once more', async () => {
    const drawn = await draw([plugin('gpio', 'running')]);
    await drawn.press('Remove gpio …');
    await drawn.press('No');
    expect(wishes.asked).toEqual([]);
    await drawn.press('Remove gpio …');
    await drawn.press('Yes, remove gpio');
    expect(wishes.asked).toEqual(['plugins/remove {"plugin":"gpio"}']);
    expect(drawn.find('fieldset')).toHaveLength(0);
  });

  it.each(['viewer', 'operator'] as const)('are only looked at by a %s', async (role) => {
    const drawn = await draw([plugin('gpio', 'running')], { me: { role } });
    expect(drawn.find('button')).toHaveLength(0);
    expect(drawn.text).not.toContain('Log');
  });

  it('are text, whatever they call themselves', async () => {
    const evil = '<script>alert(1)</script>';
    const drawn = await draw([plugin(evil, evil, { detail: evil, version: evil })]);
    expect(drawn.find('script')).toHaveLength(0);
  });
});

describe('a plugin that is added', () => {
  const add = async (drawn: Drawn, name: string) => {
    const [input] = drawn.find('input');
    if (input) await drawn.type(input, name);
    const [form] = drawn.find('form');
    if (form) await drawn.fire(form, 'submit');
  };

  it('is added at once where it is PertyBot’s own', async () => {
    const drawn = await Drawn.of('plugins/add-plugin', 'AddPlugin');
    wishes.answers.set('plugins/add', { done: true, text: 'Added mqtt to plugins.yaml.' });
    await add(drawn, 'mqtt');
    expect(wishes.asked).toEqual(['plugins/add {"plugin":"mqtt"}']);
    expect(drawn.texts('.said')).toEqual(['Added mqtt to plugins.yaml.']);
    expect(drawn.find('fieldset')).toHaveLength(0);
  });

  it('is shown first where it is somebody else’s, and added when that was agreed to', async () => {
    const drawn = await Drawn.of('plugins/add-plugin', 'AddPlugin');
    const ask = 'pertybot-plugin-fan 1.0.0\nby <b>somebody</b>';
    wishes.answers.set('plugins/add', { done: false, text: 'Look at it first.', ask });
    await add(drawn, 'pertybot-plugin-fan');
    expect(drawn.texts('pre')).toEqual([ask]);
    expect(drawn.find('b')).toHaveLength(0);
    wishes.answers.set('plugins/add', { done: true, text: 'Added.' });
    await drawn.press('Yes, add it');
    expect(wishes.asked[1]).toBe(
      `plugins/add ${JSON.stringify({ plugin: 'pertybot-plugin-fan', agreed: ask })}`,
    );
    expect(drawn.find('pre')).toHaveLength(0);
  });

  it('is not added where its owner says no', async () => {
    const drawn = await Drawn.of('plugins/add-plugin', 'AddPlugin');
    wishes.answers.set('plugins/add', { done: false, text: 'Look.', ask: 'fan' });
    await add(drawn, 'fan');
    await drawn.press('No');
    expect(wishes.asked).toHaveLength(1);
    expect([drawn.find('pre').length, drawn.texts('.said')]).toEqual([0, ['']]);
  });
});

describe('the log', () => {
  const line = (level: string, message: string, plugin?: string) => {
    return { time: '2026-01-01T10:00:00.000Z', level, message, ...(plugin && { plugin }) };
  };
  const log = [
    line('debug', 'one', 'gpio'),
    line('info', 'two'),
    line('fatal', 'three', 'irc'),
    line('warn', 'four', 'irc'),
    line('error', 'five', 'gpio'),
  ];
  const messages = (drawn: Drawn) => drawn.find('bdi').map((each) => each.textContent);

  it('is shown by plugin and level', async () => {
    const drawn = await Drawn.of('plugins/log-view', 'LogView', { state: { log } });
    expect(drawn.texts('option')).toEqual(['all', 'gpio', 'irc', 'debug', 'info', 'warn', 'error']);
    const [plugin, level] = drawn.find('select');
    if (!plugin || !level) throw new Error('There is nothing to choose.');
    await drawn.type(level, 'warn');
    expect(messages(drawn)).toEqual(['three', 'four', 'five']);
    await drawn.type(plugin, 'gpio');
    expect(messages(drawn)).toEqual(['five']);
    await drawn.type(level, 'debug');
    expect(messages(drawn)).toEqual(['one', 'five']);
  });

  it('is live, 150 lines at most, and says so where there is none', async () => {
    const drawn = await Drawn.of('plugins/log-view', 'LogView');
    expect(drawn.text).toContain('Nothing was logged.');
    const many = Array.from({ length: 400 }, (_, index) => line('info', `${index}`));
    await drawn.tell({ log: many });
    const shown = messages(drawn);
    expect([shown.length, shown[0], shown.at(-1)]).toEqual([150, '250', '399']);
  });

  it('outlives a line whose time is none', async () => {
    const state = { log: [{ time: 'soon', level: 'info', message: '<b>' }] };
    const drawn = await Drawn.of('plugins/log-view', 'LogView', { state });
    expect(messages(drawn)).toEqual(['<b>']);
    expect(drawn.find('b')).toHaveLength(0);
  });
});
