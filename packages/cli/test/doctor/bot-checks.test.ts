import { describe, expect, it } from '@jest/globals';
import { checkEvents, checkGuardian } from '../../src/doctor/bot-checks.js';

describe('the control group of a guardian', () => {
  const service = '0::/system.slice/pertybot-demo.service';
  const check = (groups: { bot: string; guardian: string }, list = '{"guardian":{"pid":8}}') =>
    checkGuardian('/bot', 7, async (path) => {
      if (path === '/bot/.pertybot/pins.json') return list;
      return path === '/proc/7/cgroup' ? groups.bot : groups.guardian;
    });

  it('is fine when it is not the one of the bot', async () => {
    const guardian = '0::/user.slice/run-r1.scope';
    expect(await check({ bot: service, guardian })).toMatchObject([{ level: 'ok' }]);
  });

  it('is warned of when it is the one of the service', async () => {
    expect(await check({ bot: service, guardian: service })).toMatchObject([
      { level: 'warning', hint: expect.stringContaining('enable-linger') },
    ]);
  });

  it('is not looked at where the bot is no service, or has no guardian', async () => {
    const terminal = '0::/user.slice/session-1.scope';
    expect(await check({ bot: terminal, guardian: terminal })).toEqual([]);
    expect(await check({ bot: service, guardian: service }, '{"pins":[]}')).toEqual([]);
  });
});

describe('what EventSub brings', () => {
  const follow = { channel: 'alice', event: 'follow', type: 'channel.follow' };

  it('is looked at event by event: one that does not come is a warning, with its cure', () => {
    const problem = 'The login of "alice" lacks the scope "x".';
    const subscriptions = [
      { ...follow, on: true },
      { ...follow, event: 'redeem', on: false, problem, hint: 'Log in again.' },
      { ...follow, event: 'pollEnd', on: false },
    ];
    expect(checkEvents({ state: 'degraded', subscriptions })).toMatchObject([
      { level: 'ok', message: 'One kind of event comes from EventSub.' },
      {
        level: 'warning',
        message: `"redeem" of #alice does not come: ${problem}`,
        hint: 'Log in again.',
      },
      { level: 'warning', message: '"pollEnd" of #alice does not come: It is being asked for.' },
    ]);
  });

  it('is nothing where nobody listens, and never well where none comes', () => {
    expect(checkEvents(undefined)).toEqual([]);
    const deaf = checkEvents({ state: 'down', subscriptions: [{ ...follow, on: false }] });
    expect(deaf.map(({ level }) => level)).toEqual(['warning']);
  });
});
