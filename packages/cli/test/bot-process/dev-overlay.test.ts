import { describe, expect, it } from '@jest/globals';
import { bareEnvironment, confinement } from '../../src/bot-process/confinement.js';
import {
  createDevIdentity,
  createDevOverlay,
  describeOverlay,
  withoutTwitch,
} from '../../src/bot-process/dev-overlay.js';
import { isSecretName, secretsOf } from '../../src/bot-process/secret-values.js';

describe('what pertybot dev lays over plugins.yaml', () => {
  const endpoints = {
    idUrl: 'http://localhost:4000/',
    chatUrl: { host: 'localhost', port: 4001 },
    apiUrl: 'http://localhost:4002/',
    eventSubUrl: 'ws://localhost:4003/',
  };
  const identity = {
    ...{ clientId: 'app', clientSecret: 'secret-of-app', account: 'pertybot' },
    redirectUri: 'http://localhost:5000/',
  };
  const overlay = createDevOverlay(endpoints, identity);

  it('leads every plugin that reaches Twitch to the simulated one, and pins to a board in memory', () => {
    expect(overlay).toMatchObject({
      '@pertybot/plugin-oauth': { idUrl: endpoints.idUrl, clientId: 'app', login: 'browser' },
      '@pertybot/plugin-irc': { server: 'localhost', port: 4001, secure: false },
      '@pertybot/plugin-eventsub': { apiUrl: endpoints.apiUrl, eventsubUrl: endpoints.eventSubUrl },
      '@pertybot/plugin-gpio': { driver: 'simulated' },
    });
  });

  it('takes away what belongs to the true account', () => {
    const oauth = overlay['@pertybot/plugin-oauth'] ?? {};
    for (const key of ['accessToken', 'key', 'cert']) {
      expect(oauth).toHaveProperty(key, undefined);
    }
  });

  it('is told a value a line, without the secret and without what is not there', () => {
    const lines = describeOverlay(overlay);
    expect(lines).toContain('oauth: clientSecret = [hidden]');
    expect(lines).toContain('irc: port = 4001');
    expect(lines.join('\n')).not.toMatch(/secret-of-app|undefined/);
    expect(describeOverlay({})).toEqual([]);
  });

  it('has another secret and a free port each time', async () => {
    const [one, other] = [await createDevIdentity(), await createDevIdentity()];
    expect(one.clientSecret).not.toBe(other.clientSecret);
    for (const { redirectUri } of [one, other]) {
      expect(Number(new URL(redirectUri).port)).toBeGreaterThan(1_023);
    }
  });

  it('reaches nobody where a bot is only looked at', () => {
    const hosts = JSON.stringify(withoutTwitch).match(/(?:https?|ws):\/\/[^/":]+/g) ?? [];
    expect(hosts.length).toBeGreaterThan(2);
    expect(new Set(hosts.map((url) => url.replace(/^\w+:\/\//, '')))).toEqual(
      new Set(['localhost']),
    );
  });
});

describe('the environment of a plugin that is tried', () => {
  it('has what programs need, and nothing of the owner’s', () => {
    const own = { PATH: '/bin', HOME: '/home/me', TWITCH_CLIENT_SECRET: 's', NODE_OPTIONS: '-r x' };
    expect(bareEnvironment(own)).toEqual({ PATH: '/bin', HOME: '/home/me' });
    expect(bareEnvironment({})).toEqual({});
  });
});

describe('the options of its process', () => {
  const known = (...flags: string[]) => new Set(flags);

  it('are none where Node has no permissions: nothing is promised then', () => {
    expect(confinement({ known: known('--allow-addons') })).toEqual([]);
  });

  it('let it read all, write nowhere and start nothing', () => {
    const flags = known('--permission', '--allow-addons', '--allow-net', '--allow-child-process');
    expect(confinement({ known: flags })).toEqual([
      ...['--permission', '--allow-fs-read=*', '--allow-addons', '--allow-net', '--no-warnings'],
    ]);
  });

  it('leave out what this Node does not know', () => {
    expect(confinement({ known: known('--experimental-permission') })).toEqual([
      ...['--experimental-permission', '--allow-fs-read=*', '--no-warnings'],
    ]);
  });

  it('let it write below the folders that are its own, and start programs where it may', () => {
    const flags = known('--permission', '--allow-child-process', '--allow-worker');
    const options = confinement({ known: flags, writable: ['/tmp/a', '/tmp/b'], mayStart: true });
    expect(options).toContain('--allow-fs-write=/tmp/a/*');
    expect(options).toContain('--allow-fs-write=/tmp/b/*');
    expect(options).toEqual(expect.arrayContaining(['--allow-child-process', '--allow-worker']));
  });
});

describe('the name of a secret', () => {
  it.each([
    ...['TWITCH_CLIENT_SECRET', 'accessToken', 'MQTT_PASSWORD', 'API_KEY', 'apiKey', 'DB_PASS'],
    ...['webhookUrl', 'SESSION_COOKIE', 'SENTRY_DSN', 'BASIC_AUTH', 'KEY2', 'keys', 'wifi-pw'],
  ])('may be %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    ...['PATH', 'PWD', 'OLDPWD', 'SSH_AUTH_SOCK', 'AUTHOR', 'GIT_AUTHOR_NAME', 'KEYBOARD'],
    ...['HOME', 'EDITOR', 'monk', ''],
  ])('is never %j', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('the secrets of a bot', () => {
  const secrets = (dotenv: Record<string, string>, environment: Record<string, string> = {}) =>
    secretsOf({ dotenv, environment });

  it('are whatever stands in .env, unless it plainly is none', () => {
    expect(secrets({ MINE: 'a b c d e f', NUMBER: '12345', PIN: 'GPIO17', WORD: 'hello' })).toEqual(
      ['a b c d e f'],
    );
    expect(secrets({ TWITCH_CLIENT_ID: 'abc-123-def', BOT_NAME: 'x y z x y z' })).toEqual([]);
  });

  it('are, of the environment, those whose names say so', () => {
    expect(secrets({}, { MY_TOKEN: 'abcdef', EDITOR_THING: 'a b c d e' })).toEqual(['abcdef']);
  });

  it('are never so short, or such words, that every line would be full of masks', () => {
    expect(secrets({ A_TOKEN: 'abcd', B_TOKEN: 'error', C_TOKEN: '     ', D_TOKEN: '' })).toEqual(
      [],
    );
  });

  it('are in URLs too, as they are written and as they are meant', () => {
    const url = 'postgres://me:p%40ss-word@db/x';
    expect(secrets({}, { DATABASE_HOST: url })).toEqual(['p%40ss-word', 'p@ss-word']);
    expect(secrets({}, { BROKEN_HOST: 'http://me:100%secret@x' })).toEqual(['100%secret']);
    expect(secrets({}, { OPEN_HOST: 'http://me@x' })).toEqual([]);
  });
});
