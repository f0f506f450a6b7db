import { describe, expect, it } from '@jest/globals';
import { checkWatchdog } from '../../src/doctor/machine-checks.js';

describe('the watchdog of the machine', () => {
  const check = (time: string, has = true) =>
    checkWatchdog({ hasDevice: async () => has, askSystemd: async () => time });

  it('is fine when systemd feeds it', async () => {
    expect(await check('15s')).toEqual([
      {
        level: 'ok',
        subject: 'watchdog',
        message: 'A machine that hangs is started anew after 15s.',
      },
    ]);
  });

  it.each(['0', 'infinity'])('is pointed out when systemd leaves it alone (%s)', async (time) => {
    expect(await check(time)).toMatchObject([
      { level: 'info', hint: expect.stringContaining('RuntimeWatchdogSec=15') },
    ]);
  });

  it('is not spoken of where there is none, or no systemd', async () => {
    expect(await check('0', false)).toEqual([]);
    const askSystemd = () => Promise.reject(new Error('ENOENT'));
    expect(await checkWatchdog({ hasDevice: async () => true, askSystemd })).toEqual([]);
  });
});
