import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { HeldStops } from '../../src/node/held-stops.js';
import { NodeStop } from '../../src/node/node-stop.js';
import type { Answer } from '../../src/protocol/messages.js';
import { idOf } from '../support/said.js';

let state: string;
let file: string;
beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'kept-stops-'));
  file = path.join(state, 'mqtt-stops.json');
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const held = (digit: string, by = '@mod in chat') => ({ stop: idOf(digit), host: idOf('a'), by });

/** A machine with what its disk has. */
function machine() {
  const answers: Answer[] = [];
  const log = new MemoryLogger();
  const engaged: string[] = [];
  const released: string[] = [];
  const clock = new ManualClock();
  const control = {
    release: async () => {
      released.push('all');
      return { done: true, text: '' };
    },
  };
  const emergencyStop = {
    get engaged() {
      const by = engaged[0];
      return by === undefined ? undefined : { by, at: '' };
    },
    engage: (by: string) => void engaged.push(by),
  };
  const stops = new HeldStops({ state });
  const answer = (_host: string, said: Answer) => void answers.push(said);
  const stop = new NodeStop({ stops, emergencyStop, control, clock, log, answer });
  stop.restore();
  return { stop, stops, answers, log, engaged, released };
}

/** Makes the file impossible to write, for root as well. */
function jam(): void {
  rmSync(state, { recursive: true });
  writeFileSync(state, '');
}

describe('a stop of a bot', () => {
  it('is answered once it is on the disk, and holds after a restart', () => {
    const first = machine();
    first.stop.stop(held('1'));
    expect(first.answers).toEqual([{ is: 'stopped', stop: idOf('1') }]);
    expect(JSON.parse(readFileSync(file, 'utf8')).held).toEqual([held('1')]);
    const second = machine();
    expect(second.engaged).toEqual(['@mod in chat']);
    expect(second.stop.engaged?.by).toBe('@mod in chat');
  });

  it('stops everything though nothing can be written, is not answered, and is tried again', () => {
    const { stop, answers, engaged, log } = machine();
    jam();
    stop.stop(held('1'));
    expect([engaged, answers]).toEqual([['@mod in chat'], []]);
    expect(log.lines[0]?.message).toMatch(/may not outlive this bot: .*It is tried again\.$/);
    rmSync(state);
    mkdirSync(state);
    stop.stop(held('1'));
    expect(answers).toEqual([{ is: 'stopped', stop: idOf('1') }]);
    expect(engaged).toHaveLength(1);
  });

  it('is written once, however often it is said', () => {
    const { stop, stops, answers } = machine();
    stop.stop(held('1'));
    // Each time that it is written it is a new file.
    const { ino } = statSync(file);
    for (let times = 1; times < 100; times++) stop.stop(held('1'));
    expect([stops.list.length, statSync(file).ino]).toEqual([1, ino]);
    expect(answers).toHaveLength(100);
  });

  it('does not come back by a message that was late: it says that it is over', async () => {
    const { stop, stops, answers } = machine();
    stop.stop(held('1'));
    await stop.letGo(held('1'));
    stop.stop(held('1'));
    expect(stops.list).toEqual([]);
    expect(answers.at(-1)).toEqual({ is: 'released', stop: idOf('1') });
    expect(machine().stops.isReleased(idOf('1'))).toBe(true);
  });

  it('that comes after its own release stops nothing', async () => {
    const { stop, engaged } = machine();
    await stop.letGo(held('2'));
    stop.stop(held('2'));
    expect(engaged).toEqual([]);
  });
});

describe('the release of a stop', () => {
  it('frees the machine when it was the last of all', async () => {
    const { stop, released, answers } = machine();
    const heard: unknown[] = [];
    const undo = stop.onChange((record) => void heard.push(record));
    stop.stop(held('1'));
    stop.stop(held('2', 'another'));
    await stop.letGo(held('1'));
    expect([released, stop.engaged?.by]).toEqual([[], '@mod in chat']);
    await stop.letGo(held('2'));
    expect([released, stop.engaged, heard]).toEqual([['all'], undefined, [undefined]]);
    expect(answers.map(({ is }) => is)).toEqual(['stopped', 'stopped', 'released', 'released']);
    undo();
    stop.stop(held('3'));
    await stop.letGo(held('3'));
    expect(heard).toHaveLength(1);
  });

  it('of another bot frees nothing, and is not answered', async () => {
    const { stop, answers } = machine();
    stop.stop(held('1'));
    await stop.letGo({ stop: idOf('1'), host: idOf('9') });
    expect([stop.engaged?.by, answers.length]).toEqual(['@mod in chat', 1]);
  });

  it('that cannot be written frees nothing', async () => {
    const { stop, stops, answers, log, released } = machine();
    stop.stop(held('1'));
    jam();
    await stop.letGo(held('1'));
    expect([stops.has(idOf('1')), stops.isReleased(idOf('1')), released]).toEqual([
      true,
      false,
      [],
    ]);
    expect(answers).toHaveLength(1);
    expect(log.lines.at(-1)?.message).toMatch(/^The stop stays: /);
  });

  it('leaves what somebody here has stopped beside it', async () => {
    const { stop, released, log } = machine();
    stop.stop(held('1'));
    stop.engage('a button');
    await stop.letGo(held('1'));
    expect(released).toEqual([]);
    expect(log.lines.at(-1)?.message).toMatch(/its owner has not/);
  });

  it('is refused to whoever is here, and the machine stays stopped', async () => {
    const { stop, engaged } = machine();
    stop.release();
    stop.stop(held('1'));
    expect(() => stop.release()).toThrow('Everything stays off: it was stopped by @mod in chat.');
    await Promise.resolve();
    expect(engaged).toEqual(['@mod in chat', '@mod in chat']);
  });
});

describe('what the disk has of stops', () => {
  it('is a stop where it cannot be understood', () => {
    for (const text of ['', '{', '[]', '{"held":[{}],"released":[]}', 'null']) {
      writeFileSync(file, text);
      const { engaged, log } = machine();
      expect(engaged).toEqual(['a file of stops that cannot be read']);
      expect(log.lines[0]?.message).toContain(file);
    }
  });

  it('is nothing where nobody ever stopped it', () => {
    expect(machine().engaged).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });

  it('is 64 stops of whoever makes more, the newest of them', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) => n.toString(16).padStart(16, '0'));
    const all = many(500).map((stop) => ({ ...held('1'), stop }));
    writeFileSync(file, JSON.stringify({ held: all, released: many(500) }));
    const stops = new HeldStops({ state });
    stops.restore();
    expect([stops.list.length, stops.list.at(-1)?.stop]).toEqual([64, '00000000000001f3']);
    stops.add(held('e'));
    expect([stops.list.length, stops.list.at(-1)?.stop]).toEqual([64, idOf('e')]);
    stops.remove(idOf('e'));
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    expect([kept.held.length, kept.released.length, kept.released.at(-1)]).toEqual([
      ...[63, 64, idOf('e')],
    ]);
  });
});
