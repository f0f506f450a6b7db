import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { HostStop } from '../../src/host/host-stop.js';
import { KeptNodes } from '../../src/host/kept-nodes.js';
import { isId } from '../../src/protocol/topics.js';
import { announcedOf, idOf } from '../support/said.js';

let state: string;
let clock: ManualClock;
let log: MemoryLogger;
beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'host-stop-'));
  clock = new ManualClock();
  log = new MemoryLogger();
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const keep = () => new KeptNodes({ bot: state, state }, clock, log);

/** A host of two nodes, with what its disk has. */
function hostOf(nodes = ['garage', 'desk']) {
  const kept = keep();
  const own = kept.readOwn();
  const said: string[] = [];
  let ends = 0;
  const stop = new HostStop({
    ...{ kept, own, nodes, clock },
    publish(topic, payload, { qos, retain = false }) {
      const [, node, leaf] = topic.split('/');
      const { stop: id } = payload === '' ? { stop: undefined } : JSON.parse(payload);
      said.push(`${node} ${payload === '' ? 'clear' : leaf}${retain ? ' kept' : ''} ${qos}`);
      if (id !== undefined) last = id;
      return true;
    },
    end: () => void ends++,
    changed() {},
  });
  let last = '';
  const heard = () => said.splice(0);
  return { stop, own, heard, id: () => last, ends: () => ends };
}

describe('the stop of a host', () => {
  it('is told to all nodes at once, kept by the broker and on its own disk', () => {
    const { stop, heard, own } = hostOf();
    stop.engage('@mod in chat');
    expect(heard()).toEqual(['garage estop kept 1', 'desk estop kept 1']);
    expect(stop.engaged).toEqual({ by: '@mod in chat', at: '2026-01-01T12:00:00.000Z' });
    expect([stop.stateOf('garage'), stop.stateOf('desk')]).toEqual(['asked', 'asked']);
    const again = hostOf();
    expect([again.own.id, again.stop.engaged?.by]).toEqual([own.id, '@mod in chat']);
  });

  it('is said again to those alone that are there and have not answered', () => {
    const { stop, heard, id } = hostOf();
    stop.engage('x');
    stop.take('garage', { is: 'stopped', stop: id() });
    heard();
    stop.repeat(['garage']);
    expect(heard()).toEqual([]);
    stop.repeat(['garage', 'desk']);
    expect(heard()).toEqual(['desk estop kept 1']);
    stop.engage('somebody else');
    stop.broker();
    expect(heard()).toEqual(['desk estop kept 1', 'desk estop kept 1']);
    expect([stop.stateOf('garage'), stop.engaged?.by]).toEqual(['stopped', 'x']);
  });

  it('is answered by nobody who names another one', () => {
    const { stop } = hostOf();
    stop.engage('x');
    stop.take('garage', { is: 'stopped', stop: idOf('9') });
    expect(stop.stateOf('garage')).toBe('asked');
  });

  it('is told by whom in as many words as a node takes', () => {
    const { stop } = hostOf();
    stop.engage('x'.repeat(5_000));
    expect(stop.engaged?.by).toHaveLength(120);
  });

  it('switches off what this bot has wished, and tells who listens', () => {
    const { stop, ends } = hostOf();
    const heard: (string | undefined)[] = [];
    const undo = stop.onChange((record) => void heard.push(record?.by));
    stop.end();
    stop.engage('x');
    stop.release();
    undo();
    stop.engage('y');
    expect([ends(), heard]).toEqual([1, ['x', undefined]]);
  });

  it('stands though the disk takes nothing, and the log says so', () => {
    const { stop, heard } = hostOf();
    rmSync(state, { recursive: true });
    writeFileSync(state, '');
    stop.engage('x');
    expect(heard()).toHaveLength(2);
    expect(stop.engaged?.by).toBe('x');
    expect(log.lines[0]?.message).toMatch(/may not outlive the bot/);
  });
});

describe('the release of a host', () => {
  it('is repeated to each node until it has answered, over a restart as well', () => {
    const first = hostOf();
    first.stop.engage('x');
    const id = first.id();
    first.stop.release();
    expect(first.heard().slice(2)).toEqual([
      ...['garage clear kept 1', 'desk clear kept 1', 'garage release 1', 'desk release 1'],
    ]);
    first.stop.take('garage', { is: 'released', stop: id });
    const second = hostOf();
    expect(second.stop.stateOf('desk')).toBe('releasing');
    expect(second.stop.stateOf('garage')).toBeUndefined();
    second.stop.repeat(['garage', 'desk']);
    expect(second.heard()).toEqual(['desk release 1']);
    second.stop.take('desk', { is: 'released', stop: id });
    second.stop.broker();
    expect(second.heard()).toEqual([]);
    expect(hostOf().own.releasing).toEqual([]);
  });

  it('of nothing says nothing', () => {
    const { stop, heard } = hostOf();
    stop.release();
    stop.take('garage', { is: 'released', stop: idOf('9') });
    expect(heard()).toEqual([]);
  });

  it('takes away a stop of its own that a broker remembers, and none of another bot', () => {
    const { stop, own, heard, id } = hostOf();
    stop.engage('x');
    heard();
    stop.seeKept('garage', { stop: id(), host: own.id, by: 'x' });
    stop.seeKept('garage', { stop: idOf('9'), host: idOf('8'), by: 'x' });
    expect(heard()).toEqual([]);
    stop.seeKept('garage', { stop: idOf('9'), host: own.id, by: 'x' });
    expect(heard()).toEqual(['garage clear kept 1']);
  });

  it('is remembered of sixteen stops at most', () => {
    const { stop } = hostOf();
    for (let times = 0; times < 20; times++) {
      stop.engage('x');
      stop.release();
    }
    expect(hostOf().own.releasing).toHaveLength(16);
  });
});

describe('what a host keeps', () => {
  it('is who it is: somebody new where that cannot be read, which the log says', () => {
    const { id } = keep().readOwn();
    expect(isId(id)).toBe(true);
    expect(keep().readOwn().id).toBe(id);
    for (const text of ['', '{}', '{"id":"../x","releasing":[]}']) {
      writeFileSync(path.join(state, 'mqtt-host.json'), text);
      expect(keep().readOwn().id).not.toBe(id);
    }
    expect(log.lines).toHaveLength(3);
  });

  it('is what nodes have, written once for many that come at once', async () => {
    const kept = keep();
    const file = path.join(state, 'mqtt-nodes.json');
    for (let n = 0; n < 50; n++) kept.keepGadgets(`node-${n}`, [announcedOf('lamp')]);
    expect(clock.pending).toBe(1);
    await clock.advance('500ms');
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toHaveLength(50);
    kept.keepGadgets('node-3', [announcedOf('lamp')]);
    expect(clock.pending).toBe(0);
    expect(keep().gadgetsOf('node-3')).toEqual([announcedOf('lamp')]);
    expect(keep().gadgetsOf('toString')).toEqual([]);
  });

  it('is read as strictly as what comes from a node', () => {
    const file = path.join(state, 'mqtt-nodes.json');
    writeFileSync(file, JSON.stringify({ garage: [{ ...announcedOf('lamp'), name: 'a/b' }] }));
    expect(keep().gadgetsOf('garage')).toEqual([]);
    writeFileSync(file, '{');
    expect(keep().gadgetsOf('garage')).toEqual([]);
    expect(log.lines.at(-1)?.message).toContain('mqtt-nodes.json');
  });

  it('is not written where nothing is new, nor lost without a word where it cannot be', () => {
    const kept = keep();
    kept.flush();
    kept.keepGadgets('garage', []);
    rmSync(state, { recursive: true });
    writeFileSync(state, '');
    kept.flush();
    expect(log.lines.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^What nodes have cannot be kept: /),
    ]);
  });
});
