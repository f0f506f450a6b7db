import { describe, expect, it } from '@jest/globals';
import { logState, remember, rememberRedemptions } from '../../src/bot/owner-view.js';
import { CommandRegistry } from '../../src/commands/command-registry.js';
import type { RewardRegistry } from '../../src/commands/rewards/reward-registry.js';
import { EventHub } from '../../src/events/event-hub.js';
import type { HostedPlugin } from '../../src/host/hosted-plugin.js';
import { makeUser } from '../../src/testing/fake-chat.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { MemoryLogger } from '../../src/testing/memory.js';

const hub = () => new EventHub(() => {});
const user = makeUser({ as: 'Alice' });
const refusal = (command: string) => ({
  ...{ command, reason: 'cooldown', user, channel: 'test', messageId: 'm' },
});
const command = { ...refusal('lamp'), plugin: 'gpio', took: 1 };

describe('what the bot remembers for whoever asks why', () => {
  it('are refusals with the time of day at which they were', async () => {
    const events = hub();
    const clock = new ManualClock(new Date(1_000));
    const list = remember('refusal', events, clock);
    events.emit('refusal', refusal('lamp'));
    await clock.advance(500);
    events.emit('refusal', refusal('horn'));
    expect(list.map(({ command: name, time }) => [name, time])).toEqual([
      ['lamp', 1_000],
      ['horn', 1_500],
    ]);
  });

  it('are the last two hundred, and no more however many there were', () => {
    const events = hub();
    const list = remember('refusal', events, new ManualClock());
    for (let count = 0; count < 10_000; count++) events.emit('refusal', refusal(`c${count}`));
    expect([list.length, list[0]?.command, list.at(-1)?.command]).toEqual([200, 'c9800', 'c9999']);
  });

  it('are redemptions that moved something, and no other commands', () => {
    const events = hub();
    const list = rememberRedemptions(events, new ManualClock());
    events.emit('command', command);
    const redemption = { id: 'r', reward: 'Lamp', title: 'Lamp', cost: 5 };
    for (let count = 0; count < 300; count++) events.emit('command', { ...command, redemption });
    expect([list.length, list[0]?.redemption]).toEqual([200, redemption]);
  });
});

describe('what the log is told of a plugin’s state', () => {
  const rewards = { of: () => [] } as unknown as RewardRegistry;
  const hosted = { id: 'gpio', tuning: { lmap: {} }, rewards: { Lamp: { run: 'horn', cost: 1 } } };

  function lines(state: Parameters<typeof logState>[0]['state'], of = hosted) {
    const logger = new MemoryLogger();
    const commands = new CommandRegistry(() => {});
    const { signal } = new AbortController();
    commands.add({ id: 'gpio', log: logger, signal, tuning: {} }, 'lamp', {}, () => {});
    // Of a hosted plugin only what is tuned is looked at.
    logState(
      { id: 'gpio', state, hosted: of as unknown as HostedPlugin },
      { commands, rewards },
      logger,
    );
    return logger.lines.map(({ level, message }) => `${level}: ${message}`);
  }

  it('is why it failed', () => {
    expect(lines({ name: 'failed', error: new Error('no pins') })).toEqual([
      'error: The plugin "gpio" failed: no pins',
    ]);
  });

  it('is what plugins.yaml tunes and runs in vain, once it runs', () => {
    expect(lines({ name: 'running' })).toEqual([
      'warn: plugins.yaml tunes the command "lmap" of "gpio", which has no such command. Did you mean "lamp"?',
      'warn: plugins.yaml, the reward "Lamp" of "gpio": run: "gpio" has no command "horn". It has: lamp.',
    ]);
  });

  it('is nothing in any other state, nor of one that is right', () => {
    for (const name of ['loaded', 'starting', 'stopped', 'disabled'] as const) {
      expect(lines({ name })).toEqual([]);
    }
    const right = { id: 'gpio', tuning: { lamp: {} }, rewards: { Lamp: { run: 'lamp', cost: 1 } } };
    expect(lines({ name: 'running' }, right as unknown as typeof hosted)).toEqual([]);
  });
});
