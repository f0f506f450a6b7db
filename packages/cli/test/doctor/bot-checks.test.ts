import { describe, expect, it } from '@jest/globals';
import { checkGuardian } from '../../src/doctor/bot-checks.js';

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
