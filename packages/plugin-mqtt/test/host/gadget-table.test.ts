import { beforeEach, describe, expect, it } from '@jest/globals';
import { type CommandContext, isRefusal, type RegisterCommand } from '@pertybot/core';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { GadgetTable } from '../../src/host/gadget-table.js';
import { NodeView } from '../../src/host/node-view.js';
import type { NodeSettings } from '../../src/mqtt-config.js';
import { type AnnouncedGadget, readMessage } from '../../src/protocol/messages.js';
import { announcedOf, host, idOf } from '../support/said.js';

interface Registered {
  readonly signature: string;
  readonly example: string;
  readonly urgent: readonly string[];
  readonly type: (word: string) => string | undefined;
  run(args: Record<string, string | undefined>): Promise<unknown>;
}

let log: MemoryLogger;
let clock: ManualClock;
let commands: Map<string, Registered>;
let replies: string[];
let table: GadgetTable;
/** Actions that nodes were asked for. */
let asked: string[];

beforeEach(() => {
  log = new MemoryLogger();
  clock = new ManualClock();
  commands = new Map();
  replies = [];
  asked = [];
  const register = (
    signature: string,
    options: object,
    run: (context: CommandContext) => unknown,
  ) => {
    const name = signature.split(' ')[0] ?? '';
    if (name === 'taken') throw new Error('"taken" is a command of another plugin.');
    const { types, ...more } = Object(options);
    const reply = async (text: string) => void replies.push(text);
    commands.set(name, {
      ...{ signature, ...more, type: Object.values(types)[0] },
      // Only what it reads of the context.
      run: async (args) => run({ args, reply, log } as unknown as CommandContext),
    });
    return () => void commands.delete(name);
  };
  table = new GadgetTable(log, register as unknown as RegisterCommand);
});

/** A node that is there, and does what it is asked. */
function nodeOf(name: string, settings: Partial<NodeSettings> = {}): NodeView {
  const view: NodeView = new NodeView(
    name,
    { gadgets: {}, ...settings },
    {
      ...{ clock, log, host, changed() {}, announced() {} },
      publish(_topic, payload) {
        const said = readMessage('wish', Buffer.from(payload));
        if (said?.ask.do !== 'perform') return true;
        asked.push(`${name} ${said.ask.gadget} ${said.ask.action} ${said.ask.atMost ?? ''}`.trim());
        const text = `${said.ask.gadget} is on`;
        queueMicrotask(() => view.take({ is: 'moved', wish: said.id, text }));
        return true;
      },
    },
  );
  view.hear({ session: idOf('c'), n: 1 });
  return view;
}

const names = () => table.list.map(({ name }) => name);
const warnings = () =>
  log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);

describe('the gadgets of all nodes', () => {
  it('have the names of their nodes, with the word of as: before them', () => {
    table.take(nodeOf('garage'), [announcedOf('lamp'), announcedOf('fan')]);
    table.take(nodeOf('desk', { as: 'desk', only: ['lamp'] }), [
      announcedOf('lamp'),
      announcedOf('x'),
    ]);
    expect(names()).toEqual(['lamp', 'fan', 'desk-lamp']);
    expect([...commands.keys()]).toEqual(names());
    expect(table.find('desk-lamp')?.usage).toBe('desk-lamp <on|off>');
  });

  it('go with their commands when their node has them no more, and come back', () => {
    const garage = nodeOf('garage');
    table.take(garage, [announcedOf('lamp'), announcedOf('fan')]);
    table.take(garage, [announcedOf('fan')]);
    expect([names(), [...commands.keys()]]).toEqual([['fan'], ['fan']]);
    table.take(garage, []);
    expect([names(), commands.size]).toEqual([[], 0]);
    table.take(garage, [announcedOf('lamp')]);
    expect(names()).toEqual(['lamp']);
    table.clear();
    expect([names(), commands.size]).toEqual([[], 0]);
  });

  it('keep their commands while they stay the same, and get new ones with new verbs', () => {
    const garage = nodeOf('garage');
    table.take(garage, [announcedOf('lamp')]);
    const before = commands.get('lamp');
    table.take(garage, [announcedOf('lamp', { pins: ['GPIO4'] })]);
    expect(commands.get('lamp')).toBe(before);
    expect(table.find('lamp')?.pins).toEqual(['GPIO4']);
    table.take(garage, [announcedOf('lamp', { verbs: [{ name: 'glow', about: '' }] })]);
    expect(commands.get('lamp')?.signature).toBe('lamp <verb:glow>');
  });

  it('are of the first node that has one of a name, and the second is told of', () => {
    table.take(nodeOf('garage'), [announcedOf('lamp')]);
    table.take(nodeOf('desk'), [announcedOf('lamp')]);
    expect(table.find('lamp')?.node).toBe('garage');
    expect(warnings()).toEqual([
      '"lamp" of "desk" cannot be had: "garage" has one of that name. Write "as:" at one of the nodes in plugins.yaml.',
    ]);
  });

  it('are none whose name is reserved, or that another plugin has', () => {
    const garage = nodeOf('garage');
    table.take(
      garage,
      ['stop', 'taken', 'lamp'].map((name) => announcedOf(name)),
    );
    expect(names()).toEqual(['lamp']);
    expect(table.of(garage).map(({ problem }) => problem)).toEqual([
      'Its name is reserved.',
      '"taken" is a command of another plugin.',
      undefined,
    ]);
    expect([table.find('stop'), table.find('taken'), table.find('gone')]).toEqual(
      Array(3).fill(undefined),
    );
  });

  it('have no commands for whoever only looks, and two hundred of them cost no more', () => {
    const looking = new GadgetTable(log, undefined);
    const many = Array.from({ length: 200 }, (_, n) => announcedOf(`g${n}`));
    looking.take(nodeOf('garage'), many);
    expect([looking.list.length, looking.outputs.length, commands.size]).toEqual([200, 200, 0]);
  });

  it('drive others there, in a circle too, whose pins are told under their own limits', () => {
    const garage = nodeOf('garage', { only: ['both'], gadgets: { lamp: { maxOn: 1_000 } } });
    const outputs: AnnouncedGadget['outputs'] = [];
    table.take(garage, [
      announcedOf('both', { drives: ['lamp', 'again', 'gone'], outputs }),
      announcedOf('again', { drives: ['both', 'lamp'], outputs }),
      announcedOf('lamp'),
    ]);
    const [both] = table.list;
    expect(both && table.drivenBy(both)).toMatchObject([{ gadget: 'lamp', maxOn: 600_000 }]);
  });
});

describe('the command of a gadget elsewhere', () => {
  it('takes its verbs and a value, says an example, and lets what is urgent by', () => {
    table.take(nodeOf('garage'), [announcedOf('lamp')]);
    expect(commands.get('lamp')).toMatchObject({
      ...{ signature: 'lamp <verb:on|off> [value:time]', example: 'lamp on', urgent: ['off'] },
    });
    expect(['on', 'OFF', 'explode'].map((word) => commands.get('lamp')?.type(word))).toEqual([
      ...['on', 'OFF', undefined],
    ]);
  });

  it('takes any word where a value alone says what is meant', () => {
    const verbs = [
      { name: 'colour', about: '', value: 'a colour!' },
      { name: 'off', about: '' },
    ];
    table.take(nodeOf('garage'), [announcedOf('strip', { verbs, direct: 'colour' })]);
    expect(commands.get('strip')).toMatchObject({
      ...{ signature: 'strip [verb:value|colour|off] [value:value]', example: 'strip' },
    });
    expect(commands.get('strip')?.type('purple')).toBe('purple');
  });

  it('asks its node, and tells what that says', async () => {
    table.take(nodeOf('garage', { gadgets: { lamp: { maxOn: 5_000 } } }), [announcedOf('lamp')]);
    await commands.get('lamp')?.run({ verb: 'on', value: '3s' });
    expect([asked, replies]).toEqual([['garage lamp on 3s 5000'], ['lamp is on']]);
    expect(table.outputs).toMatchObject([{ maxOn: 5_000, node: 'garage' }]);
  });

  it('lets nobody use a verb that the owner took away, nor send a story', async () => {
    const settings = { gadgets: { lamp: { verbs: ['on'], maxOn: undefined } } };
    table.take(nodeOf('garage', settings), [announcedOf('lamp')]);
    expect(commands.get('lamp')?.signature).toBe('lamp <verb:on> [value:time]');
    const lamp = table.find('lamp');
    for (const line of ['off', 'OFF now', 'explode', `on ${'x'.repeat(300)}`]) {
      expect(await lamp?.perform(line)).toMatchObject({
        reason: 'mqtt.verb',
        text: 'lamp takes on.',
      });
    }
    expect(asked).toEqual([]);
  });

  it('refuses while its node is away', async () => {
    const garage = nodeOf('garage');
    table.take(garage, [announcedOf('lamp')]);
    garage.lose();
    const said = await commands.get('lamp')?.run({ verb: 'on' });
    expect(isRefusal(said)).toBe(true);
    expect(table.find('lamp')?.state).toBe('unknown');
  });
});
