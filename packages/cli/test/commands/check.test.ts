import { afterEach, describe, expect, it } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { askPertybot } from '../support/served-command.js';

let folder: TestFolder | undefined;
afterEach(() => folder?.remove());

async function check(yaml: string, ...words: string[]) {
  folder = await makeBotFolder({ 'plugins.yaml': yaml });
  return askPertybot(['check', ...words], { folder: folder.path });
}

describe('pertybot check', () => {
  it('says that a good file is fine, and which plugins start', async () => {
    const { stdout, code } = await check(
      'plugins:\n  - use: gpio\n  - use: texts\n    enabled: false\n',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('plugins.yaml is fine: gpio.');
  });

  it('shows every fault with its line, and exits with 1', async () => {
    const { stderr, code } = await check('prefx: "?"\nplugins:\n  - use: gpoi\n  - use: irc\n');
    expect(code).toBe(1);
    expect(stderr).toMatch(/plugins\.yaml:1:1 /);
    expect(stderr).toMatch(/plugins\.yaml:3:10 /);
    expect(stderr).toMatch(/plugins\.yaml:4:/);
  });

  it('gives the same as JSON', async () => {
    const { stdout, code } = await check('plugins:\n  - use: gpoi\n', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      code: 'CONFIG_INVALID',
      problems: [{ position: { line: 2, column: 10 } }],
    });
  });

  const wired = `plugins:
  - use: irc
    config: { channels: [streamer] }
  - use: oauth
    config: { clientId: x }
  - use: gpio
    config:
      gadgets:
        lamp: { type: light, pin: GPIO17 }
        pump: { type: relay, pin: GPIO2, maxOn: 5s }
    commands:
      pump: { name: water, allow: subscriber, cooldown: { everyone: 1m } }
`;

  it('tells of rewards for people whom nobody can tell from others', async () => {
    const rewards = `    rewards:
      Dry: { cost: 5, run: lamp on 5s, allow: subscriber }
      Wet: { cost: 5, run: lamp on 5s, allow: [moderator, "@alice"] }
      Own: { cost: 5, run: lamp on 5s, allow: broadcaster }
      Her: { cost: 5, run: lamp on 5s, allow: ["@alice"] }
`;
    const { stdout, code } = await check(wired + rewards);
    expect(code).toBe(0);
    const told = stdout.split('\n').filter((line) => line.includes('of who redeems it'));
    expect(told.map((line) => /"(\w+)" is for ([^,]+),/.exec(line)?.slice(1))).toEqual([
      ['Dry', 'subscribers'],
      ['Wet', 'moderators and @alice'],
    ]);
  });

  it('tells who may switch which pin, for how long, and how much of an hour at worst', async () => {
    const { stdout, code } = await check(wired);
    expect(code).toBe(0);
    expect(stdout).toMatch(/!lamp +everyone +GPIO17 +on for 10 min at most, all of an hour/);
    expect(stdout).toMatch(/!water +subscribers +GPIO2 \(pump\) +on for 5 s at most, 5 min of an/);
    expect(stdout).toContain('! Any viewer can hold "lamp" (GPIO17) on for good with !lamp.');
    expect(stdout).toContain('"pump" uses GPIO2, which may be in use for I2C (SDA).');
  });

  it('tells it as JSON, times in milliseconds', async () => {
    const { stdout } = await check(wired, '--json');
    const { commands, warnings } = JSON.parse(stdout);
    expect(commands).toContainEqual({
      name: 'water',
      plugin: 'gpio',
      allow: 'subscriber',
      cooldown: { user: 0, channel: 0, everyone: 60_000, byRole: {} },
      outputs: [
        {
          gadget: 'pump',
          pin: 'GPIO2',
          kind: 'relay',
          longest: 5_000,
          inAnHour: 300_000,
          forGood: false,
          dryRun: false,
        },
      ],
    });
    expect(warnings).toHaveLength(3);
  });

  it('tells of each output what it does while no bot holds it, and warns where that is on', async () => {
    const fan =
      'plugins:\n  - use: gpio\n    config:\n      gadgets:\n        fan: { type: relay, pin: GPIO22, activeLow: true }\n';
    const { stdout, code } = await check(fan);
    expect(code).toBe(0);
    const told = stdout.replace(/\s+/g, ' ');
    expect(told).toContain('"fan" (GPIO22) is on at 0 from power-on until the bot, off at 1');
    expect(told).toContain('it is active-low, and the pin is pulled down. Move it to one of GPIO2');
    await folder?.remove();
    const { levels, warnings } = JSON.parse((await check(fan, '--json')).stdout);
    expect(levels).toMatchObject([
      {
        gadget: 'fan',
        pin: 'GPIO22',
        safe: 1,
        powerOn: { on: true },
        afterStop: { kept: { on: false } },
      },
    ]);
    expect(warnings).toContainEqual(expect.stringContaining('is on from power-on until the bot'));
    await folder?.remove();
    const still = fan.replace('config:\n', 'config:\n      driver: simulated\n');
    expect(JSON.parse((await check(still, '--json')).stdout)).toMatchObject({ levels: [] });
  });

  it('tells how long each output stays on at worst, whatever dies', async () => {
    const { stdout } = await check(wired);
    expect(stdout).toMatch(/lamp \(GPIO17\) +off within 0\.5 s +1 min 2 s +10 min +at once/);
    expect(stdout).toMatch(/pump \(GPIO2\) +off within 0\.5 s +5 s +5 s +not provable/);
    expect(stdout).toContain('Not provable of "pump" when the power fails: it is active-high, and');
    await folder?.remove();
    const { worst } = JSON.parse((await check(wired, '--json')).stdout);
    expect(worst).toMatchObject([
      {
        gadget: 'lamp',
        pin: 'GPIO17',
        bot: { provable: true, within: 500, text: 'off within 0.5 s' },
        botHangs: { provable: true, within: 2_500 },
        network: { provable: true, within: 62_000 },
        broker: { provable: true, within: 600_000, by: 'its longest time on' },
        power: { provable: true, within: 0 },
      },
      { gadget: 'pump', power: { provable: false, text: 'not provable' } },
    ]);
  });

  it('finds two gadgets at one pin, and exits with 1', async () => {
    const lamp = '{ type: light, pin: GPIO17 }';
    const { stdout, stderr, code } = await check(
      `plugins:\n  - use: gpio\n    config:\n      gadgets: { a: ${lamp}, b: ${lamp} }\n`,
    );
    expect(code).toBe(1);
    expect(stderr).toContain('plugins.yaml:4:74 gadgets.b.pin: expected a pin of its own: GPIO17');
    expect(stdout).toBe('');
  });

  it('says where it looked when there is no file', async () => {
    folder = await makeBotFolder({});
    const { stderr, code } = await askPertybot(['check'], { folder: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain(`There is no "${folder.file('plugins.yaml')}".`);
    expect(stderr).toContain('--dir');
  });

  it('exits with 2 when it is called in a wrong way', async () => {
    const { stderr, code } = await askPertybot(['check', '--nope'], { folder: __dirname });
    expect(code).toBe(2);
    expect(stderr).toContain('pertybot check --help');
  });
});
