import { describe, expect, it } from '@jest/globals';
import { defaultReplies } from '../../../src/commands/replies.js';
import { Approvals } from '../../../src/commands/rewards/approvals.js';
import { tellWaiting } from '../../../src/commands/rewards/tell-waiting.js';
import { SpokenReplies } from '../../../src/contracts/replies.js';
import { makeRedemption } from '../../../src/testing/channel-events.js';
import { FakeChat } from '../../../src/testing/fake-chat.js';
import { ManualClock } from '../../../src/testing/manual-clock.js';

/** A chat that knows where it was told something. */
class ChannelChat extends FakeChat {
  readonly told: string[] = [];
  isBroken = false;

  override async say(text: string, { channel = '' } = {}) {
    if (this.isBroken) throw new Error('the line is cut');
    this.told.push(`${channel}: ${text}`);
    return super.say(text);
  }
}

function rig(own: Readonly<Record<string, string>> = {}) {
  const clock = new ManualClock();
  const chat = new ChannelChat();
  const faults: unknown[] = [];
  const approvals: Approvals = new Approvals(() => look());
  const look = tellWaiting(approvals, {
    clock,
    prefix: () => '?',
    chat: () => chat,
    replies: () => new SpokenReplies(defaultReplies, own),
    titleOf: (reward) => `The ${reward}`,
    onFault: (_, error) => faults.push(error),
  });
  const wait = (reward: string, as = 'Alice', channel = 'one') => {
    const redemption = makeRedemption(reward, { as, channel });
    void approvals.wait(redemption, reward);
    return redemption;
  };
  return { approvals, chat, clock, faults, wait };
}

describe('chat is told of what waits for a moderator', () => {
  it('at once of the first, and with the command that says yes', () => {
    const { chat, wait } = rig();
    wait('Lamp');
    expect(chat.told).toHaveLength(1);
    expect(chat.told[0]).toMatch(/^one: .*The Lamp.*\?approve alice/);
  });

  it('in one line of all that came within five seconds', async () => {
    const { chat, clock, wait } = rig();
    wait('Lamp');
    for (let count = 0; count < 50; count++) wait('Horn', 'Bob');
    expect(chat.told).toHaveLength(1);
    await clock.advance('5s');
    expect(chat.told).toHaveLength(2);
    expect(chat.told[1]).toMatch(/The Horn/);
    expect(chat.told[1]).toMatch(/49/);
    await clock.advance('1m');
    expect([chat.told.length, clock.pending]).toEqual([2, 0]);
  });

  it('in each channel of its own', () => {
    const { chat, clock, wait } = rig();
    wait('Lamp', 'Alice', 'one');
    wait('Horn', 'Bob', 'two');
    return clock.advance('5s').then(() => {
      expect(chat.told.map((line) => line.split(':')[0])).toEqual(['one', 'two']);
    });
  });

  it('of nothing that is decided before its line is due', async () => {
    const { approvals, chat, clock, wait } = rig();
    wait('Lamp');
    const horn = wait('Horn');
    approvals.approve(horn.id);
    await clock.advance('5s');
    expect(chat.told).toHaveLength(1);
  });

  it('not at all where the owner wants no such line, and without a fault where chat fails', async () => {
    const silent = rig({ 'approve.waits': '', 'approve.more': '' });
    silent.wait('Lamp');
    expect(silent.chat.told).toEqual([]);
    const broken = rig();
    broken.chat.isBroken = true;
    broken.wait('Lamp');
    await broken.clock.advance(0);
    expect(broken.faults).toEqual([new Error('the line is cut')]);
  });
});
