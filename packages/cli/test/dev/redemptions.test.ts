import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { type ServedCommand, servePertybot } from '../support/served-command.js';

// Whole programs are started here.
jest.setTimeout(120_000);

const botFile = `plugins:
  - use: oauth
    config: { clientId: none }
  - use: irc
    config: { channels: [mychannel] }
  - use: eventsub
  - use: gpio
    config:
      gadgets:
        lamp: { type: light, pin: GPIO17, maxOn: 10m, blinkOn: 200ms, blinkOff: 200ms, busy: queue(1) }
        horn: { type: buzzer, pin: GPIO27, maxOn: 2s, minOff: 2m }
        treat: { type: relay, pin: GPIO22, maxOn: 2s }
        star: { type: light, pin: GPIO23, mode: dry-run }
    rewards:
      Flash: { cost: 100, run: lamp on 300ms }
      "Long lamp": { cost: 500, run: lamp on 1m }
      Blink: { cost: 100, run: lamp blink 5 }
      Horn: { cost: 200, run: horn on 100ms }
      Dinner: { cost: 5000, run: treat on 200ms, approve: moderator }
      Star: { cost: 100, run: star on 1s }
      Paint: { cost: 100, run: lamp, input: true }
      "Only live": { cost: 100, run: treat on 100ms, onlyLive: true }
  - use: ./broken.mjs
`;

const broken = `import { definePlugin } from '@pertybot/core';

export default definePlugin({
  name: 'broken',
  start({ reward }) {
    reward('broken', { title: 'Broken', cost: 5 }, () => {
      throw new Error('It broke.');
    });
  },
});
`;

type Told = Readonly<Record<string, unknown>>;

/** A `pertybot dev --json` that is typed to through a pipe. */
class DevProcess {
  readonly told: Told[] = [];
  complaints = '';
  private readonly ended: Promise<unknown>;
  private hasEnded = false;
  private wake: () => void = () => {};

  constructor(private readonly child: ServedCommand) {
    createInterface(child.stdout).on('line', (line) => {
      this.told.push(JSON.parse(line));
      this.wake();
    });
    child.stderr?.on('data', (data) => {
      this.complaints += data;
      this.wake();
    });
    this.ended = once(child, 'exit').then(() => {
      this.hasEnded = true;
      this.wake();
    });
  }

  type(...lines: readonly string[]): void {
    this.child.stdin?.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** Resolves when something like `wanted` was told. */
  hear(wanted: Told): Promise<Told> {
    const fits = (each: Told) =>
      Object.entries(wanted).every(([key, value]) => each[key] === value);
    return this.until(() => this.told.find(fits), JSON.stringify(wanted));
  }

  /** Resolves when something was complained of. */
  complain(wanted: string): Promise<unknown> {
    return this.until(() => this.complaints.includes(wanted) || undefined, wanted);
  }

  /** Resolves with how Twitch settled what `user` redeemed last. */
  async settled(user: string): Promise<string> {
    return String((await this.hear({ type: 'redeemUpdate', user })).status);
  }

  /** Every answer in chat that begins so. */
  said(begin: string): readonly string[] {
    const texts = this.told.flatMap(({ type, text }) => (type === 'reply' ? [String(text)] : []));
    return texts.filter((text) => text.startsWith(begin));
  }

  /** Ends it as Ctrl-C does. */
  async interrupt(): Promise<void> {
    this.child.kill('SIGINT');
    await this.ended;
  }

  async end(): Promise<void> {
    this.child.stdin?.end();
    await this.ended;
  }

  private async until<Found>(find: () => Found | undefined, what: string): Promise<Found> {
    const deadline = performance.now() + 60_000;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (this.hasEnded || performance.now() > deadline) {
        throw new Error(`There was no ${what} in time: ${JSON.stringify(this.told)}`);
      }
      await Promise.race([
        new Promise<void>((resolve) => {
          this.wake = resolve;
        }),
        new Promise((resolve) => setTimeout(resolve, 1_000)),
      ]);
    }
  }
}

let folder: TestFolder;
let dev: DevProcess;

// One folder for all: its plugin is copied once.
beforeAll(async () => {
  folder = await makeBotFolder({ 'broken.mjs': broken });
});
afterAll(() => folder.remove());

async function start(file = botFile): Promise<void> {
  await writeFile(folder.file('plugins.yaml'), file);
  dev = new DevProcess(servePertybot(['dev', '--json'], { folder: folder.path }));
  await dev.hear({ type: 'ready' });
  dev.type('go live');
}

afterEach(async () => {
  await dev.end();
  await rm(folder.file('.pertybot/dev'), { recursive: true, maxRetries: 9 });
});

const pinsOf = (gadget: string) =>
  dev.told.flatMap((each) => (each.type === 'pin' && each.gadget === gadget ? [each.on] : []));

describe('what viewers redeem in pertybot dev', () => {
  it('moves the pin, and Twitch has the points when it has', async () => {
    await start();
    dev.type('alice redeems Flash');
    expect(await dev.settled('alice')).toBe('fulfilled');
    const order = dev.told.map(({ type, on }) => (type === 'pin' ? `pin ${on}` : String(type)));
    const own = order.filter((each) => /^(?:redeem|redeemUpdate|pin true)$/.test(each));
    expect(own).toEqual(['redeem', 'pin true', 'redeemUpdate']);
    expect(dev.said('@alice')).toEqual(['@alice lamp is on']);
  });

  it('gives points back, and says why, when the gadget refuses', async () => {
    await start();
    dev.type('alice redeems Horn');
    expect(await dev.settled('alice')).toBe('fulfilled');
    await dev.hear({ type: 'pin', gadget: 'horn', on: false });
    dev.type('bob redeems Horn');
    expect(await dev.settled('bob')).toBe('canceled');
    expect(pinsOf('horn')).toEqual([true, false]);
    await dev.hear({ type: 'refusal', user: 'bob', reason: 'pin.minOff' });
    await dev.end();
    const [line, ...more] = dev.said('@bob');
    expect(line).toMatch(
      /^@bob your points for "Horn" are back: horn rests for another [\d ms]+(?:in)?\.$/,
    );
    expect(more).toEqual([]);
  });

  it('gives points back when the queue is full, in one line for all', async () => {
    await start();
    const viewers = ['ann', 'ben', 'cleo', 'dora', 'eve'];
    dev.type(...viewers.map((name) => `${name} redeems Blink`));
    const ends = await Promise.all(viewers.map((name) => dev.settled(name)));
    expect(ends).toEqual(['fulfilled', 'fulfilled', 'canceled', 'canceled', 'canceled']);
    await dev.end();
    expect(dev.said('Points of')).toEqual([
      'Points of 3 redemptions are back (cleo, dora, eve): "Blink": lamp has enough to do: 1 are waiting.',
    ]);
  });

  it('gives points back when the plugin throws, and tells its author where', async () => {
    await start();
    dev.type('alice redeems Broken');
    expect(await dev.settled('alice')).toBe('canceled');
    expect(dev.complaints).toContain('It broke.');
    await dev.end();
    expect(dev.said('@alice')).toEqual([
      '@alice your points for "Broken" are back: Broken fails at the moment.',
    ]);
  });

  it('keeps nobody waiting for what is only tried, or does not fit', async () => {
    await start();
    dev.type('alice redeems Star', 'bob redeems Paint: nonsense');
    expect(await dev.settled('alice')).toBe('canceled');
    expect(await dev.settled('bob')).toBe('canceled');
    await dev.end();
    expect(dev.said('Points of 2')).toHaveLength(1);
    expect(pinsOf('lamp')).toEqual([]);
  });

  it('waits for a moderator, and runs at a yes', async () => {
    await start();
    dev.type('alice redeems Dinner');
    await dev.hear({
      type: 'reply',
      text: 'Dinner of alice waits for a moderator: !approve alice',
    });
    dev.type('bob: !approve alice', 'mod[mod]: !approve alice');
    expect(await dev.settled('alice')).toBe('fulfilled');
    expect(pinsOf('treat')[0]).toBe(true);
    expect(dev.said('Yes to')).toEqual(['Yes to Dinner of alice.']);
    const refusal = await dev.hear({ type: 'refusal', user: 'bob' });
    expect(refusal).toMatchObject({ command: 'approve', reason: 'role' });
  });

  it('does not run when a moderator was quicker in Twitch’s own queue', async () => {
    await start();
    dev.type('alice redeems Dinner');
    await dev.hear({
      type: 'reply',
      text: 'Dinner of alice waits for a moderator: !approve alice',
    });
    dev.type('mod fulfils Dinner');
    await dev.hear({ type: 'redeemUpdate', user: 'alice', status: 'fulfilled' });
    dev.type('mod[mod]: !approve alice');
    await dev.end();
    expect(pinsOf('treat')).toEqual([]);
    expect(dev.said('Yes to')).toEqual([]);
  });

  it('is given back by an emergency stop, which closes all rewards', async () => {
    await start();
    dev.type('alice redeems Long lamp', 'mychannel: !estop');
    expect(await dev.settled('alice')).toBe('canceled');
    await dev.hear({ type: 'refusal', user: 'alice', reason: 'cut' });
    expect(pinsOf('lamp')).toEqual([true, false]);
    for (let turn = 0; !dev.complaints.includes('"Flash" is paused'); turn += 1) {
      if (turn === 100) throw new Error('The rewards were never paused.');
      dev.type(`viewer${turn} redeems Flash`);
      await Promise.race([dev.complain('is paused'), dev.settled(`viewer${turn}`)]);
    }
    expect(pinsOf('lamp')).toEqual([true, false]);
  });

  it('is given back by a stop of all that goes on, or when it is cut off', async () => {
    await start();
    dev.type('alice redeems Long lamp', 'bob: !lamp off');
    expect(await dev.settled('alice')).toBe('canceled');
    await dev.hear({ type: 'pin', gadget: 'lamp', on: false });
    dev.type('carol redeems Long lamp', 'mod[mod]: !stop');
    expect(await dev.settled('carol')).toBe('canceled');
  });

  it('opens with the stream, where it is only for that', async () => {
    await start();
    // Whoever comes after the first finds the treat busy.
    for (let turn = 0; !dev.told.some(({ type }) => type === 'redeem'); turn += 1) {
      if (turn === 400) throw new Error('It never opened.');
      dev.type(`early${turn} redeems Only live`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { user } = await dev.hear({ type: 'redeem' });
    expect(await dev.settled(String(user))).toBe('fulfilled');
    dev.type('go offline');
    await dev.hear({ type: 'streamOffline' });
    const before = dev.complaints.length;
    for (let turn = 0; !dev.complaints.slice(before).includes('"Only live" is paused'); turn += 1) {
      if (turn === 400) throw new Error('It was never closed.');
      dev.type(`late${turn} redeems Only live`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  it('leaves nothing open, also where the bot ends in the middle of it', async () => {
    await start();
    dev.type('alice redeems Long lamp', 'bob redeems Dinner');
    await dev.hear({ type: 'reply', text: 'Dinner of bob waits for a moderator: !approve bob' });
    await dev.interrupt();
    // Twitch has settled what chat is told of.
    const [line, ...more] = dev.said('Points of 2 redemptions are back');
    expect(line).toMatch(/"Long lamp": Long lamp (?:was cut short|is being stopped)\./);
    expect(line).toContain('"Dinner": Dinner is being stopped.');
    expect(more).toEqual([]);
    expect(pinsOf('lamp')).toEqual([true, false]);
  });

  it('speaks the owner’s language', async () => {
    const german = `replies:
  pin.minOff: "{gadget} ruht noch."
  points.back: "@{user} hat die Punkte für {title} wieder: {why}"
${botFile}`;
    await start(german);
    dev.type('alice redeems Horn');
    await dev.hear({ type: 'pin', gadget: 'horn', on: false });
    dev.type('bob redeems Horn');
    expect(await dev.settled('bob')).toBe('canceled');
    await dev.end();
    expect(dev.said('@bob')).toEqual(['@bob hat die Punkte für Horn wieder: horn ruht noch.']);
  });
});
