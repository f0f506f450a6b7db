import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { checkPiOptions, checkWifi, keysIn, type PiOptions } from '../../src/pi/pi-options.js';
import { networkConfig, userData } from '../../src/pi/user-data.js';

/** A public key of a type, as ssh-keygen writes it. */
function keyOf(type: string, { said = type, bytes = 64 } = {}): string {
  const name = Buffer.from(said);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  const data = Buffer.concat([length, name, Buffer.alloc(bytes, 7)]);
  return `${type} ${data.toString('base64')} me@laptop`;
}

const ed25519 = keyOf('ssh-ed25519');
const pi = (more: Partial<PiOptions> = {}): PiOptions => ({
  ...{ hostname: 'lampbot', user: 'maker', sshKeys: [], passwordHash: undefined },
  channel: undefined,
  ...more,
});
const refused = { code: 'CLI_PI_INVALID' };
const check = (more: Partial<PiOptions>) => () => checkPiOptions(pi(more));

describe('the name of a machine', () => {
  it.each(['lampbot', 'a', 'Lamp-Bot-2', 'x'.repeat(63), '3d'])('may be %s', (hostname) => {
    expect(check({ hostname })).not.toThrow();
  });

  it.each(['', '-a', 'a-', 'a b', 'a.b', 'a_b', '123', 'ä', 'x'.repeat(64), 'a\nb', '$(reboot)'])(
    'is never %j',
    (hostname) => {
      expect(check({ hostname })).toThrow(expect.objectContaining(refused));
    },
  );
});

describe('the account', () => {
  it.each(['maker', '_bot', 'a1', 'pi', 'x'.repeat(31)])('may be %s', (user) => {
    expect(check({ user })).not.toThrow();
  });

  it.each(['', 'Maker', '1a', '-a', 'a b', 'x'.repeat(32), 'a;reboot', 'a\n'])(
    'is never %j, which no system takes',
    (user) => {
      expect(check({ user })).toThrow(expect.objectContaining(refused));
    },
  );

  it.each(['root', 'daemon', 'sudo', 'gpio', 'nobody', 'systemd-network'])(
    'is never %s, which the system has already',
    (user) => {
      expect(check({ user })).toThrow('cannot be the name of the account');
    },
  );
});

describe('the hash of a password', () => {
  it.each(['$6$salt$abcdefgh12345678', '$y$j9T$abc$defghijkl', '$2b$12$abcdefghijklmnop'])(
    'may be %s',
    (passwordHash) => {
      expect(check({ passwordHash })).not.toThrow();
    },
  );

  it.each([
    'hunter2',
    '',
    '$1$salt$abcdefgh12345678',
    '$6$',
    '$6$salt$abc def gh',
    '$6$a\nb$cdefgh',
  ])('is never %j, and is not shown, for it may be the password', (passwordHash) => {
    let message = '';
    try {
      checkPiOptions(pi({ passwordHash }));
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('no hash of a password');
    if (passwordHash !== '') expect(message).not.toContain(passwordHash);
  });
});

describe('the channel', () => {
  it.each([undefined, 'alice', '#Alice_1', 'x'.repeat(25)])('may be %s', (channel) => {
    expect(check({ channel })).not.toThrow();
  });

  it.each(['', '#', 'a b', 'a;reboot', '$(reboot)', '##a', 'x'.repeat(26)])(
    'is never %j, which a script of the first start would run',
    (channel) => {
      expect(check({ channel })).toThrow('cannot be a channel');
    },
  );
});

describe('keys of SSH', () => {
  it.each([
    'ssh-ed25519',
    'ssh-rsa',
    'ecdsa-sha2-nistp256',
    'sk-ssh-ed25519@openssh.com',
    'sk-ecdsa-sha2-nistp256@openssh.com',
  ])('may be of the type %s', (type) => {
    expect(check({ sshKeys: [keyOf(type)] })).not.toThrow();
  });

  it.each([
    ['of a type that is too weak', keyOf('ssh-dss')],
    ['of another type than it says', keyOf('ssh-ed25519', { said: 'ssh-rsa' })],
    ['cut', keyOf('ssh-ed25519', { bytes: 8 })],
    ['no base64', 'ssh-ed25519 !!!!'],
    ['nothing but a type', 'ssh-ed25519'],
    ['an option before it', `command="reboot" ${ed25519}`],
    ['empty', ''],
  ])('are refused that are %s', (_, key) => {
    expect(check({ sshKeys: [ed25519, key] })).toThrow('no public key of SSH');
  });

  it('are shown by their beginning alone', () => {
    const long = `nonsense-${'x'.repeat(5_000)}`;
    expect(check({ sshKeys: [long] })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(long) }),
    );
  });

  it('are read from a file with comments, empty lines and line ends of Windows', () => {
    const rsa = keyOf('ssh-rsa');
    expect(keysIn(`# mine\r\n${ed25519}\r\n\r\n  ${rsa}  \n`)).toEqual([ed25519, rsa]);
  });

  it('are never private', () => {
    const text = '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n';
    expect(() => keysIn(text)).toThrow('never leaves your machine');
    expect(() => keysIn(text)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('.pub') }),
    );
  });

  it('are at least one in a file', () => {
    expect(() => keysIn('')).toThrow('There is no key');
    expect(() => keysIn('# nothing\n\n')).toThrow('There is no key');
  });

  it('are all refused for one that is none', () => {
    expect(() => keysIn(`${ed25519}\nnonsense\n`)).toThrow('"nonsense" is no public key');
  });
});

describe('a Wi-Fi', () => {
  it('has a name of 1 to 32 bytes', () => {
    for (const ssid of ['x', 'My Wi-Fi', '日'.repeat(10), 'x'.repeat(32)]) {
      expect(() => checkWifi(ssid, 'DE')).not.toThrow();
    }
    for (const ssid of ['', 'x'.repeat(33), '日'.repeat(11), 'a\nb', 'a\u0000']) {
      expect(() => checkWifi(ssid, 'DE')).toThrow(expect.objectContaining(refused));
    }
  });

  it.each([undefined, '', 'de', 'DEU', 'D1', 'D\n'])(
    'has a country, which %j is not',
    (country) => {
      expect(() => checkWifi('home', country)).toThrow('until it knows its country');
    },
  );
});

describe('the files of a card', () => {
  it.each([
    'no',
    'null',
    '0x10',
    '1e3',
    'it\'s "mine"',
    '#hidden',
    '- list',
    'a: b',
    '{x}',
    '*',
    '日本',
  ])('name the Wi-Fi %j as it is called, also for the YAML of cloud-init', (ssid) => {
    const psk = 'a'.repeat(64);
    const config = parse(networkConfig({ ssid, country: 'NO', psk }), { version: '1.1' });
    expect(config.wifis.wlan0['access-points']).toEqual({ [ssid]: { password: psk } });
    expect(config.wifis.wlan0['regulatory-domain']).toBe('NO');
  });

  it('let nobody in without a key or a password', () => {
    const [user] = parse(userData(pi()), { version: '1.1' }).users;
    expect(user).toMatchObject({ name: 'maker', lock_passwd: true });
    expect(user).not.toHaveProperty('sudo');
    expect(user).not.toHaveProperty('passwd');
  });

  it('ask whoever has a password for it, and let in who has a key', () => {
    const passwordHash = '$6$salt$abcdefgh12345678';
    const of = (more: Partial<PiOptions>) => parse(userData(pi(more)), { version: '1.1' });
    expect(of({ passwordHash }).users[0]).toMatchObject({
      ...{ lock_passwd: false, passwd: passwordHash, sudo: 'ALL=(ALL) ALL' },
    });
    const keyed = of({ sshKeys: [ed25519] });
    expect(keyed.users[0]).toMatchObject({ sudo: 'ALL=(ALL) NOPASSWD:ALL' });
    expect(keyed.runcmd[0]).toEqual(['systemctl', 'enable', '--now', 'ssh']);
    expect(of({}).runcmd).toHaveLength(1);
    for (const each of [of({ passwordHash }), keyed]) expect(each.ssh_pwauth).toBe(false);
  });

  it('name the channel to the first start, without its #', () => {
    const script = (channel: string | undefined) =>
      parse(userData(pi({ channel })), { version: '1.1' }).write_files[0].content;
    expect(script('#alice')).toContain('pertybot init . --yes --channel alice\n');
    expect(script(undefined)).toContain('pertybot init . --yes\n');
  });
});
