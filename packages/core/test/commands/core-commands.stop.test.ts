import { afterEach, describe, expect, it } from '@jest/globals';
import {
  Chat,
  type Delivery,
  definePlugin,
  EmergencyStop,
  type Plugin,
  refuse,
} from '../../src/index.js';
import { startTestBot, type TestBot, type TestBotOptions } from '../../src/testing/index.js';
import { FakeOutputs } from './fake-outputs.js';

const mod = { as: 'Alice', roles: ['moderator'] } as const;

/** A chat whose replies are never delivered. */
const stuckChat = definePlugin({
  name: 'stuck-chat',
  provides: [Chat],
  register(container) {
    const stuck = () => new Promise<Delivery>(() => {});
    container.register(Chat, {
      useValue: { channels: ['test'], say: stuck, reply: stuck, action: stuck },
    });
  },
});

const hanging = new Promise<void>(() => {});

const others = definePlugin({
  name: 'others',
  start({ command }) {
    command('hello', {}, async ({ user, reply }) => {
      await reply(`Hello ${user.displayName}!`);
    });
    command('hang', {}, () => hanging);
    command('lamp <verb:on|off>', { urgent: ['off'], cooldown: '1m' }, ({ args, reply }) =>
      reply(`lamp ${args.verb}`),
    );
    command('full <verb:on|off>', { urgent: ['off'] }, () =>
      refuse('gadget.crowd', { text: 'no' }),
    );
  },
});

describe('what stops and switches off', () => {
  let bot: TestBot;
  let outputs: FakeOutputs;
  afterEach(() => bot.stop());

  async function start(plugins: readonly Plugin[] = [], options: TestBotOptions = {}) {
    outputs = new FakeOutputs('pins');
    const pins = definePlugin({
      name: 'pins',
      needs: { emergencyStop: EmergencyStop },
      start: ({ emergencyStop }) => void emergencyStop.attach(outputs),
    });
    bot = await startTestBot([pins, others, ...plugins], options);
  }

  it.each([
    '!lamp off!',
    '!lamp OFF...',
    '!lamp o\u200bff',
    '!lamp \uff4f\uff46\uff46',
    '\uff01lamp off',
    '\u200b!Lamp off',
  ])('hears the urgent word of %j', async (text) => {
    await start();
    await bot.hear(text);
    expect(bot.replies).toEqual(['lamp off']);
  });

  it.each(['!estop!', '! estop', '\uff01estop', '!es\u200btop'])('stops at %j', async (text) => {
    await start();
    await bot.hear(text, mod);
    expect(outputs.engaged?.by).toBe('@alice in chat');
  });

  it('hears no ordinary command behind a wide prefix', async () => {
    await start();
    await bot.hear('\uff01lamp on');
    expect(bot.replies).toEqual([]);
  });

  const commands = () =>
    bot.events.flatMap(({ type, data }) => (type === 'command' ? [data] : [])) as {
      readonly command: string;
    }[];

  it('is for moderators', async () => {
    await start();
    await bot.hear('!estop');
    await bot.hear('!stop');
    expect([outputs.told, bot.replies]).toEqual([
      [],
      ['!estop is for moderators.', '!stop is for moderators.'],
    ]);
    await bot.hear('!stop now please', mod);
    await bot.hear('!EStop', mod);
    expect(outputs.told).toEqual(['pins ended', 'pins engaged by @alice in chat']);
    expect(bot.replies.slice(2)).toEqual([
      'Stopped.',
      'Emergency stop: everything is off until the owner releases it.',
    ]);
    expect(commands()).toMatchObject([{ command: 'stop' }, { command: 'estop' }]);
  });

  it('does not wait for 32 greetings of the same moderator', async () => {
    await start([stuckChat]);
    for (let i = 0; i < 32; i++) void bot.hear('!hello', mod);
    void bot.hear('!estop', mod);
    expect(outputs.engaged?.by).toBe('@alice in chat');
    void bot.hear('!stop', mod);
    expect(outputs.told).toContain('pins ended');
  });

  it('waits neither for a hanging handler nor for a full queue of the same user', async () => {
    await start();
    for (let i = 0; i < 8; i++) void bot.hear('!hang', mod);
    expect(bot.refusals.map(({ reason }) => reason)).toEqual(['queue', 'queue', 'queue']);
    await bot.hear('!lamp off', mod);
    await bot.hear('!estop', mod);
    expect(commands()).toMatchObject([{ command: 'lamp' }, { command: 'estop' }]);
    expect(outputs.engaged).toBeDefined();
  });

  it('does not wait for the last plugin to start, nor for a reload', async () => {
    let go = () => {};
    const slow = definePlugin({
      name: 'slow',
      start: () =>
        new Promise<void>((resolve) => {
          go = resolve;
        }),
    });
    await start([slow], { start: false });
    const started = bot.start();
    await new Promise((resolve) => setImmediate(resolve));
    expect(bot.state).toBe('starting');
    await bot.hear('!lamp on', mod);
    await bot.hear('!lamp off', mod);
    await bot.hear('!estop', mod);
    expect(commands()).toMatchObject([{ command: 'lamp' }, { command: 'estop' }]);
    expect(bot.refusals).toMatchObject([{ reason: 'starting' }]);
    expect(outputs.engaged).toBeDefined();
    go();
    await started;
    const restarted = bot.restart('slow');
    await bot.hear('!stop', mod);
    expect(outputs.told.at(-1)).toBe('pins ended');
    await new Promise((resolve) => setImmediate(resolve));
    go();
    await restarted;
  });

  it.each(['!stop', '!estop'])('ends what waits in the queues of users: %s', async (line) => {
    let open = () => {};
    let opens = 0;
    const slow = definePlugin({
      name: 'slow',
      start({ command }) {
        command(
          'slow',
          {},
          () =>
            new Promise<void>((resolve) => {
              open = resolve;
            }),
        );
        command('open', {}, () => void opens++);
      },
    });
    await start([slow]);
    const heard = ['!slow', '!open', '!open'].map((each) => bot.hear(each));
    await bot.hear(line, mod);
    // While all is stopped, which ends with !stop itself.
    const late = line === '!estop' ? [bot.hear('!open')] : [];
    bot.emergencyStop.release();
    open();
    await Promise.all([...heard, ...late]);
    const reasons = bot.refusals.map(({ reason }) => reason);
    expect([opens, reasons]).toEqual([0, [...heard, ...late].slice(1).map(() => 'stopped')]);
    await bot.hear('!open');
    expect(opens).toBe(1);
  });

  it('is remembered where no plugin has started yet', async () => {
    await start([], { start: false });
    await bot.hear('!estop', mod);
    await bot.start();
    expect(outputs.engaged?.by).toBe('@alice in chat');
  });

  it('is done while on cooldown, but told once', async () => {
    await start();
    await bot.hear('!lamp on');
    for (let i = 0; i < 5; i++) await bot.hear('!lamp off');
    expect(commands()).toHaveLength(6);
    expect(bot.replies).toEqual(['lamp on', 'lamp off']);
    await bot.hear('!lamp on');
    expect(bot.refusals.at(-1)?.reason).toBe('cooldown');
  });

  it('takes the one word that counts, however it is written', async () => {
    await start();
    for (const line of ['!lamp OFF', '!lamp off now', '!lamp  "off" please']) await bot.hear(line);
    expect(commands()).toHaveLength(3);
  });

  it('is still refused by role, by the owner and by the handler', async () => {
    await start();
    await bot.hear('!full off');
    expect([bot.refusals.at(-1)?.reason, bot.replies.at(-1)]).toEqual(['gadget.crowd', 'no']);
  });

  it('is no word of other bots where nothing hangs on', async () => {
    outputs = new FakeOutputs();
    bot = await startTestBot([others]);
    await bot.hear('!stop');
    expect([bot.replies, bot.refusals.at(-1)?.reason]).toEqual([[], 'unknown']);
    expect(bot.commands.map(({ name }) => name)).not.toContain('stop');
    await bot.hear('!estop', mod);
    expect(bot.emergencyStop.engaged?.by).toBe('@alice in chat');
  });

  it('is shown to moderators where something hangs on', async () => {
    await start();
    await bot.hear('!help', mod);
    expect(bot.replies).toEqual(['Commands: !estop !full !hang !hello !lamp !stop']);
  });

  it('is not too old at any age, as anything else is after 30 s', async () => {
    await start();
    await bot.hear('!hello', { age: 30_000 });
    await bot.hear('!hello', { age: 30_001 });
    await bot.hear('!hello', { age: 600_000 });
    expect(bot.replies).toEqual(['Hello viewer!', '!hello came too late; say it again.']);
    expect(bot.refusals.map(({ reason }) => reason)).toEqual(['late', 'late']);
    await bot.hear('!lamp on', { age: 600_000 });
    await bot.hear('!lamp off', { age: 600_000 });
    await bot.hear('!estop', { ...mod, age: 600_000 });
    expect(commands()).toMatchObject([
      { command: 'hello' },
      { command: 'lamp' },
      { command: 'estop' },
    ]);
  });
});

describe('a reply on its way', () => {
  it('holds up neither the next command of its user nor a refusal', async () => {
    const bot = await startTestBot([others, stuckChat]);
    for (let i = 0; i < 20; i++) void bot.hear('!hello', { as: 'bob' });
    void bot.hear('!lamp', { as: 'bob' });
    void bot.hear('!lamp on', { as: 'bob' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(bot.refusals.map(({ reason }) => reason)).toEqual(['arguments']);
    await bot.stop();
  });

  it('is bounded for each user', async () => {
    const bot = await startTestBot([others, stuckChat]);
    for (let i = 0; i < 80; i++) {
      void bot.hear('!hello', { as: 'bob' });
      if (i % 4 === 3) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(bot.refusals).toHaveLength(30);
    await bot.stop();
  });
});

describe('reserved words', () => {
  it.each([
    ['estop', {}, 'command "estop"'],
    ['STOP', {}, 'command "stop"'],
    ['halt', { aliases: ['Stop'] }, 'name "stop" for the command "halt"'],
  ])('are no command %s of a plugin', async (signature, options, what) => {
    const greedy = definePlugin({
      name: 'greedy',
      start: ({ command }) => void command(signature as string, options, () => {}),
    });
    const bot = await startTestBot([greedy]);
    expect(bot.plugins.find(({ id }) => id === 'greedy')?.state).toMatchObject({
      name: 'failed',
      error: {
        code: 'COMMAND_NAME_RESERVED',
        message: expect.stringContaining(what),
        hint: expect.stringContaining('another name'),
      },
    });
    await bot.hear('!estop', mod);
    expect(bot.emergencyStop.engaged).toBeDefined();
    await bot.stop();
  });

  it.each([
    [{ estop: { enabled: false } }, 'estop: "estop" is reserved for stopping everything'],
    [{ Stop: { cooldown: 60_000 } }, 'Stop: "Stop" is reserved'],
    [{ estop: { about: 'Halt' } }, 'cannot be tuned'],
    [{ lamp: { name: 'stop' } }, 'name: "stop" is reserved'],
    [{ lamp: { aliases: ['l', 'ESTOP'] } }, 'aliases: "ESTOP" is reserved'],
  ])('are not tuned, renamed or taken by %j', async (tuning, message) => {
    await expect(startTestBot([{ plugin: others, commands: tuning }])).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      problems: [{ message: expect.stringContaining(message), hint: expect.any(String) }],
    });
  });
});
