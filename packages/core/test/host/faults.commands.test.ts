import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin, refuse } from '../../src/index.js';
import { startTestBot, type TestBot } from '../../src/testing/index.js';

let bot: TestBot;
afterEach(() => bot.stop());

/** A lamp of which some words make the handler throw, or leave a failure behind. */
const lamp = (ran: string[]) =>
  definePlugin({
    name: 'lamp',
    start({ command, on }) {
      command('lamp <word>', { urgent: ['off'] }, ({ args, user }) => {
        ran.push(`${user.login} ${args.word}`);
        if (args.word === 'bad') throw new Error('no current');
        if (args.word === 'late') return Promise.reject(new Error('no current'));
        if (args.word === 'no') return refuse('lamp.no');
        return undefined;
      });
      command('horn', {}, () => {
        ran.push('horn');
      });
      on('message', ({ text }) => {
        if (text.includes('crash')) throw new Error('cannot read');
      });
    },
  });

const stateOf = () => bot.plugins.find(({ id }) => id === 'lamp')?.state;
const reasons = () => bot.refusals.map(({ reason }) => reason);
const restLines = () =>
  bot.log.map(({ message }) => message).filter((message) => message.includes('failed too often'));

describe('a command that throws', () => {
  it.each(['bad', 'late'])(
    'holds the viewer off at the third "%s", and nobody else',
    async (word) => {
      const ran: string[] = [];
      bot = await startTestBot([lamp(ran)]);
      for (let times = 0; times < 30; times++) await bot.hear(`!lamp ${word}`, { as: 'mallory' });
      expect(ran).toHaveLength(3);
      expect(reasons()).toEqual(Array(27).fill('fault'));
      expect(stateOf()).toEqual({ name: 'running' });
      await bot.hear('!horn', { as: 'mallory' });
      await bot.hear('!lamp on', { as: 'alice' });
      expect(ran.slice(3)).toEqual(['horn', 'alice on']);
      await bot.clock.advance('60s');
      await bot.hear('!lamp on', { as: 'mallory' });
      expect(ran.at(-1)).toBe('mallory on');
      expect(restLines()).toEqual([]);
    },
  );

  it('says so to the viewer, no more often than the usage', async () => {
    bot = await startTestBot([lamp([])]);
    for (let times = 0; times < 13; times++) await bot.hear('!lamp bad', { as: 'mallory' });
    expect(bot.replies).toEqual(['!lamp fails at the moment; try again in 1 min.']);
  });

  it('rests alone at ten faults of several viewers, longer each time', async () => {
    const ran: string[] = [];
    bot = await startTestBot([lamp(ran)]);
    const failTen = async (round: number) => {
      for (let index = 0; index < 10; index++) {
        await bot.hear('!lamp bad', { as: `viewer${round}_${index}` });
      }
    };
    await failTen(1);
    await bot.hear('!lamp on', { as: 'alice' });
    await bot.hear('!horn', { as: 'alice' });
    expect(ran.slice(10)).toEqual(['horn']);
    await bot.clock.advance('10s');
    await failTen(2);
    expect(restLines()).toEqual([
      'The command "lamp" of the plugin "lamp" failed too often. It rests for 10 s.',
      'The command "lamp" of the plugin "lamp" failed too often. It rests for 20 s.',
    ]);
    expect(stateOf()).toEqual({ name: 'running' });
    await bot.clock.advance('20s');
    await bot.hear('!lamp on', { as: 'alice' });
    expect(ran.at(-1)).toBe('alice on');
  });

  it('can be switched off all the while', async () => {
    const ran: string[] = [];
    bot = await startTestBot([lamp(ran)]);
    for (let index = 0; index < 10; index++) await bot.hear('!lamp bad', { as: `viewer${index}` });
    await bot.hear('!lamp off', { as: 'viewer1' });
    expect(ran.at(-1)).toBe('viewer1 off');
  });

  it('is taken for mended when its plugin starts anew', async () => {
    const ran: string[] = [];
    bot = await startTestBot([lamp(ran)]);
    for (let index = 0; index < 10; index++) await bot.hear('!lamp bad', { as: `viewer${index}` });
    await bot.restart('lamp');
    await bot.hear('!lamp on', { as: 'viewer1' });
    expect(ran.at(-1)).toBe('viewer1 on');
  });

  it('counts no refusal', async () => {
    const ran: string[] = [];
    bot = await startTestBot([lamp(ran)]);
    for (let times = 0; times < 20; times++) await bot.hear('!lamp no');
    expect(ran).toHaveLength(20);
  });
});

describe('a listener that throws at what a viewer wrote', () => {
  it('counts each viewer once a minute', async () => {
    bot = await startTestBot([lamp([])]);
    for (let times = 0; times < 30; times++) await bot.hear('crash', { as: 'mallory' });
    expect(stateOf()).toEqual({ name: 'running' });
    for (let index = 0; index < 9; index++) await bot.hear('crash', { as: `viewer${index}` });
    await bot.clock.advance(0);
    expect(stateOf()).toEqual({ name: 'restarting', after: 10_000 });
  });
});
