import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { dashboardConfigSchema } from '../src/dashboard-config.js';

const read = (config: unknown) => v.safeParse(dashboardConfigSchema, config);

describe('the config of the page', () => {
  it('is the machine alone where nothing is written', () => {
    const usual = { host: '127.0.0.1', names: [] };
    expect(read(undefined)).toMatchObject({ success: true, output: usual });
    expect(read({})).toMatchObject({ success: true, output: usual });
  });

  it('takes an address, names and a certificate', () => {
    const config = {
      host: '0.0.0.0',
      port: 443,
      names: ['bot.local', 'pi'],
      cert: '/home/pi/bot.crt',
      key: '/home/pi/bot.key',
    };
    expect(read(config)).toMatchObject({ success: true, output: config });
  });

  it.each([1, 80, 7272, 65_535])('takes the port %j', (port) => {
    expect(read({ port })).toMatchObject({ success: true });
  });

  it.each([0, -1, 65_536, 80.5, '80', null, Number.NaN, [80]])('takes no port %j', (port) => {
    const { success, issues } = read({ port });
    expect(success).toBe(false);
    expect(issues?.[0]?.message).toBe('expected a port from 1 to 65535');
  });

  it.each([
    ['host', 7],
    ['host', null],
    ['names', 'bot.local'],
    ['names', [7]],
    ['cert', true],
    ['key', ['a']],
  ])('takes no %s %j, and says what it expects', (key, value) => {
    const { success, issues } = read({ [key]: value });
    expect(success).toBe(false);
    expect(issues?.[0]?.message).toMatch(/expected|Expected/);
  });

  it.each(['password', 'address', 'Port', 'role'])('knows no key %j', (key) => {
    expect(read({ [key]: 'x' }).success).toBe(false);
  });
});
