import { describe, expect, it } from '@jest/globals';
import type { SharedGadget } from '@pertybot/core';
import { type SharedOutput, silentLogger } from '@pertybot/core/host';
import { ManualClock } from '@pertybot/core/testing';
import { Lease } from '../../src/node/lease.js';
import { Wishes } from '../../src/node/wishes.js';
import { Beats } from '../../src/protocol/beats.js';
import type { Answer } from '../../src/protocol/messages.js';

/** What comes of a wish of a bot that rehearses, at a machine whose pins have this driver. */
async function wishAt(driver: string): Promise<readonly string[]> {
  const clock = new ManualClock();
  const answers: Answer[] = [];
  const output = { gadget: 'lamp', kind: 'light', pin: 'GPIO17', on: false, level: 0 } as const;
  const outputs: readonly SharedOutput[] = [{ ...output, driver }];
  const lamp: SharedGadget = {
    ...{ name: 'lamp', type: 'light', about: '', state: 'off', busy: false, waiting: 0 },
    ...{ verbs: [], pins: ['GPIO17'], drives: [], usage: 'lamp <on|off>' },
    perform: async () => ({ text: 'lamp is on', done: Promise.resolve() }),
    idle: async () => {},
    stop: async () => {},
    switchOff: async () => {},
  };
  const gadgets = { find: () => lamp, outputs };
  const log = silentLogger;
  const beats = new Beats('c'.repeat(16), clock);
  const wishes = new Wishes({
    ...{ node: 'garage', plugin: 'mqtt', clock, log, gadgets, beats },
    lease: new Lease({ clock, log, gadgets, changed() {} }),
    isStopped: () => false,
    answer: (_host, answer) => void answers.push(answer),
  });
  await wishes.take({
    id: 'f'.repeat(16),
    host: { id: 'a'.repeat(16), session: 'b'.repeat(16), name: 'laptop', rehearses: true },
    beat: beats.next(),
    ask: { do: 'perform', gadget: 'lamp', action: 'on', paid: false },
  });
  return answers.map((answer) => (answer.is === 'refused' ? answer.refusal.text : answer.is));
}

describe('a bot that only rehearses', () => {
  it('moves no true pin of another machine', async () => {
    const no = 'garage moves true pins, and this bot only rehearses.';
    expect(await wishAt('chardev')).toEqual([no]);
    expect(await wishAt('onoff')).toEqual([no]);
  });

  it('moves what is a board in memory there, too', async () => {
    expect(await wishAt('simulated')).toContain('moved');
  });
});
