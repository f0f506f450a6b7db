import { describe, expect, it } from '@jest/globals';
import { RedeemedRewards } from '../../../src/dev/players/redeemed-rewards.js';

/** A bot with one reward, whose events are told by hand. */
function createBot() {
  const listeners = new Map<string, (data: never) => void>();
  const waiting: { id: string }[] = [];
  const bot = {
    on(event: string, listener: (data: never) => void) {
      listeners.set(event, listener);
      return () => listeners.delete(event);
    },
    rewards: { list: [{ title: 'Lamp' }], waiting },
  };
  const tell = (event: string, data: object) => listeners.get(event)?.(data as never);
  // Only what is looked at is there.
  return { rewards: new RedeemedRewards(bot as never), tell, waiting, listeners };
}

describe('RedeemedRewards', () => {
  it.each(['command', 'refusal'])('knows what was decided by a %s', async (event) => {
    const { rewards, tell } = createBot();
    const waiting = rewards.wait('1', 5_000);
    tell(event, { redemption: { id: '0' } });
    tell(event, { redemption: { id: '1' } });
    expect(await waiting).toBe(true);
    await rewards.idle(0);
  });

  it("waits for what the bot's own runs, and for no other", async () => {
    const { rewards, tell } = createBot();
    const foreign = rewards.wait('1', 5_000);
    tell('redeem', { redemptionId: '1', title: 'Somebody else’s' });
    expect(await foreign).toBe(true);
    const own = rewards.wait('2', 20);
    tell('redeem', { redemptionId: '2', title: 'Lamp' });
    expect(await own).toBe(false);
  });

  it('goes on once a pin moves, but is idle only when that is decided', async () => {
    const { rewards, tell } = createBot();
    const waiting = rewards.wait('1', 5_000);
    tell('pin', {});
    expect(await waiting).toBe(true);
    let idle = false;
    const settled = rewards.idle(5_000).then(() => {
      expect(idle).toBe(true);
    });
    idle = true;
    tell('command', { redemption: { id: '1' } });
    await settled;
  });

  it('does not wait for a moderator', async () => {
    const { rewards, waiting } = createBot();
    waiting.push({ id: '1' });
    expect(await rewards.wait('1', 5_000)).toBe(true);
    await rewards.idle(0);
  });

  it('hears nothing once stopped', () => {
    const { rewards, listeners } = createBot();
    rewards.stop();
    expect(listeners.size).toBe(0);
  });
});
