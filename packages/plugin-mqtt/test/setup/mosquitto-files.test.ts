import { pbkdf2Sync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aclFile } from '../../src/setup/mosquitto-acl.js';
import { mosquittoConfig } from '../../src/setup/mosquitto-config.js';
import { newPassword, passwordFile } from '../../src/setup/mosquitto-users.js';

describe('a configuration of Mosquitto', () => {
  const options = {
    ...{ listen: '127.0.0.1', port: 1883 },
    ...{ passwordFile: '/bot/passwords', aclFile: '/bot/acl' },
  };

  it('lets nobody in without a password, and listens where it is told', () => {
    const lines = mosquittoConfig({ ...options, dataFolder: '/bot/data' }).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'allow_anonymous false',
        'password_file /bot/passwords',
        'acl_file /bot/acl',
        'persistence true',
        'persistence_location /bot/data/',
        'listener 1883 127.0.0.1',
      ]),
    );
    expect(lines.filter((line) => line.startsWith('listener'))).toHaveLength(1);
  });

  it("leaves to Debian's file where the data is, and names no certificates without TLS", () => {
    const text = mosquittoConfig(options);
    expect(text).not.toMatch(/^persistence/m);
    expect(text).not.toContain('certfile');
  });

  it('has the certificates belong to the listener that others reach', () => {
    const tls = { ca: '/bot/ca.crt', certificate: '/bot/broker.crt', key: '/bot/broker.key' };
    const text = mosquittoConfig({
      ...options,
      port: 8883,
      listen: '0.0.0.0',
      tls,
      loopbackPort: 1883,
    });
    expect(text).toMatch(/listener 1883 127\.0\.0\.1\n\nlistener 8883 0\.0\.0\.0\ncafile/);
  });
});

describe('the users of a broker', () => {
  it('are hashed as mosquitto_passwd does it, each with a salt of its own', () => {
    const text = passwordFile([
      { name: 'garage', password: 'lamp' },
      { name: 'desk', password: 'lamp' },
    ]);
    const lines = text.trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      const [, , kind, rounds, salt = '', hash = ''] = line.split(/[:$]/);
      expect([kind, rounds]).toEqual(['7', '101']);
      const digest = pbkdf2Sync('lamp', Buffer.from(salt, 'base64'), 101, 64, 'sha512');
      expect(hash).toBe(digest.toString('base64'));
    }
    expect(lines[0]?.split('$')[3]).not.toBe(lines[1]?.split('$')[3]);
    expect(text).not.toContain('lamp');
  });

  it('get passwords that nobody guesses, and that no file misreads', () => {
    const all = Array.from({ length: 50 }, newPassword);
    expect(new Set(all).size).toBe(50);
    for (const each of all) expect(each).toMatch(/^[\w-]{32}$/);
  });

  it('may write their own topics alone, but for the host', () => {
    const acl = aclFile({ host: 'pertybot', nodes: ['garage', 'desk'] });
    expect(acl).toContain('user pertybot\ntopic readwrite pertybot/#\n');
    expect(acl).toContain('user garage\ntopic readwrite pertybot/garage/#\n');
    expect(acl.match(/readwrite/g)).toHaveLength(3);
  });
});
