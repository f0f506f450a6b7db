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

/** What would be another line, another field, or nothing. */
const wild = [
  '',
  ' ',
  ' a',
  'a ',
  'a\nallow_anonymous true',
  'a\ruser b',
  'a\u0000',
  'a\u2028b',
  '\t',
];

describe('what goes into a file of Mosquitto', () => {
  const options = { listen: '127.0.0.1', port: 1883, passwordFile: '/p', aclFile: '/a' };
  const tls = { ca: '/ca', certificate: '/crt', key: '/key' };

  it.each(wild)('is no line of its own: %j', (text) => {
    for (const key of ['listen', 'passwordFile', 'aclFile', 'dataFolder', 'user']) {
      expect(() => mosquittoConfig({ ...options, [key]: text })).toThrow(RangeError);
    }
    for (const key of ['ca', 'certificate', 'key']) {
      expect(() => mosquittoConfig({ ...options, tls: { ...tls, [key]: text } })).toThrow(
        RangeError,
      );
    }
    expect(() => aclFile({ host: text, nodes: [] })).toThrow(RangeError);
    expect(() => aclFile({ host: 'pertybot', nodes: ['garage', text] })).toThrow(RangeError);
    expect(() => passwordFile([{ name: text, password: 'x' }])).toThrow(RangeError);
  });

  it('may have spaces in its middle, quotes and other letters, which Mosquitto takes as they are', () => {
    const folder = '/home/pi/my "bot" für alle/$x';
    const text = mosquittoConfig({ ...options, dataFolder: folder, passwordFile: `${folder}/p` });
    expect(text).toContain(`\npersistence_location ${folder}/\n`);
    expect(text).toContain(`\npassword_file ${folder}/p\n`);
    expect(aclFile({ host: 'living room', nodes: [] })).toContain('\nuser living room\n');
  });

  it('grants no node more than its own topics, whatever it is called', () => {
    for (const name of ['#', '+', 'a/b', 'a/#', '..', '$SYS', 'estop', 'Garage']) {
      expect(() => aclFile({ host: 'pertybot', nodes: [name] })).toThrow('is no name of a node');
    }
    const lines = aclFile({ host: 'pertybot', nodes: ['garage'] }).split('\n');
    const grants = lines.filter((line) => line.startsWith('topic'));
    expect(grants).toEqual([
      'topic readwrite pertybot/#',
      'topic read $SYS/broker/#',
      'topic readwrite pertybot/garage/#',
    ]);
    expect(lines.indexOf('user garage')).toBe(lines.indexOf(grants[2] ?? '') - 1);
  });

  it('has no user that is two, and no password at all, whatever that is', () => {
    expect(() => passwordFile([{ name: 'a:b', password: 'x' }])).toThrow(RangeError);
    const odd = ['', ':', '\n', 'garage:x', '$7$', 'ä€🎉', 'x'.repeat(10_000)];
    const text = passwordFile(odd.map((password, n) => ({ name: `user${n}`, password })));
    const lines = text.split('\n');
    expect(lines).toHaveLength(odd.length + 1);
    for (const [n, password] of odd.entries()) {
      const [name, , , rounds, salt = '', hash] = (lines[n] ?? '').split(/[:$]/);
      expect([name, rounds]).toEqual([`user${n}`, '101']);
      const digest = pbkdf2Sync(password, Buffer.from(salt, 'base64'), 101, 64, 'sha512');
      expect(hash).toBe(digest.toString('base64'));
    }
  });

  it('speaks TLS 1.2 or newer, where it speaks TLS, and keeps nothing for whoever is away', () => {
    const text = mosquittoConfig({ ...options, tls, user: 'mosquitto' });
    expect(text).toMatch(
      /^listener 1883 127\.0\.0\.1\ncafile \/ca\ncertfile \/crt\nkeyfile \/key\ntls_version tlsv1\.2$/m,
    );
    expect(text).toContain('\nqueue_qos0_messages false\n');
    expect(text).toContain('\nmessage_size_limit 65536\n');
    expect(text).toContain('\nuser mosquitto\n');
  });
});
