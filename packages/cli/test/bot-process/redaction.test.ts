import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { createRedactor } from '../../src/bot-process/redaction.js';
import { environmentOf } from '../../src/bot-process/secret-values.js';
import { makeBotFolder } from '../support/bot-folder.js';

describe('createRedactor', () => {
  const redact = createRedactor({
    TWITCH_CLIENT_SECRET: 'hushhushhush',
    TWITCH_CLIENT_ID: 'public-id-1234',
    SHORT_TOKEN: 'abc',
  });

  it('hides the values of secret variables wherever they stand', () => {
    expect(redact('sent hushhushhush twice: hushhushhush')).toBe('sent [hidden] twice: [hidden]');
  });

  it('leaves public values, and those too short to be a secret, alone', () => {
    expect(redact('public-id-1234 abc')).toBe('public-id-1234 abc');
  });

  it.each([
    ['PASS oauth:abcdefghij0123456789', 'PASS [hidden]'],
    ['authorization: Bearer abcdefghij0123456789', 'authorization: [hidden]'],
    ['GET /?code=abc123&state=xyz', 'GET /?code=[hidden]&state=xyz'],
    [
      'http://localhost/?state=x&access_token=t0k',
      'http://localhost/?state=x&access_token=[hidden]',
    ],
  ])('hides what looks like a secret in %j', (text, hidden) => {
    expect(redact(text)).toBe(hidden);
  });

  it('hides a secret in the forms that JSON, URLs and forms give it', () => {
    const secret = 'pass"word\\99 ä/+&';
    const hide = createRedactor({ MQTT_PASSWORD: secret });
    for (const text of [
      JSON.stringify({ error: secret }),
      JSON.stringify(JSON.stringify({ error: secret })),
      `/x?y=${encodeURIComponent(secret)}`,
      `/x?y=${encodeURIComponent(secret).toLowerCase().replace('pass', 'pass')}`,
      new URLSearchParams({ y: secret }).toString(),
    ]) {
      expect(hide(text)).toContain('[hidden]');
      expect(hide(text)).not.toMatch(/word/);
    }
  });

  it('hides bare tokens that a server echoes, and no client id', () => {
    const clientId = 'abcdefghij0123456789abcdefghij';
    const hide = createRedactor({ TWITCH_CLIENT_ID: clientId });
    expect(hide(`bad token 0123456789abcdefghij0123456789, id ${clientId}`)).toBe(
      `bad token [hidden], id ${clientId}`,
    );
    expect(hide(`refresh ${'a1'.repeat(25)} of ${'b'.repeat(30)} in ${'c3'.repeat(20)}`)).toBe(
      `refresh [hidden] of ${'b'.repeat(30)} in ${'c3'.repeat(20)}`,
    );
  });
});

describe('which variables are secret', () => {
  it.each([
    'MY_KEY',
    'OPENAI_API_KEY',
    'HUE_APIKEY',
    'hueKey',
    'WIFI_PASS',
    'MQTT_PW',
    'DB_PWD',
    'HUE_AUTH',
    'WEBHOOK_URL',
    'AWS_CREDENTIALS',
    'SESSION_COOKIE',
    'SENTRY_DSN',
    'API_KEY2',
  ])('hides the value of %s', (name) => {
    expect(createRedactor({ [name]: 'Val-ue7' })('it is Val-ue7.')).toBe('it is [hidden].');
  });

  it('hides a short one, and no words that log lines are made of', () => {
    const hide = createRedactor({ PW_SECRET: 'short', A_KEY: 'level', B_KEY: 'abc' });
    expect(hide('{"level":"info","message":"short abc"}')).toBe(
      '{"level":"info","message":"[hidden] abc"}',
    );
  });

  it('leaves folders of the shell, authors and the like alone', () => {
    const hide = createRedactor({ PWD: '/home/pi/bot', AUTHOR: 'somebody', KEYBOARD: 'german' });
    expect(hide('/home/pi/bot somebody german')).toBe('/home/pi/bot somebody german');
  });

  it('hides the password of a URL, alone and within any URL', () => {
    const hide = createRedactor({ DB: 'postgres://u:hunter%402@h/x' });
    expect(hide('at postgres://u:hunter%402@h/x with hunter@2, amqp://me:pw@b/')).toBe(
      'at postgres://u:[hidden]@h/x with [hidden], amqp://me:[hidden]@b/',
    );
  });

  it('hides whatever stands in .env, unless it plainly is no secret', async () => {
    const folder = await makeBotFolder({
      '.env':
        'DOOR=s3same!\nHOOK=https://x.test/T0/abc\nFAN=GPIO17\nMODE=production\nMOST=250000\n' +
        'CODE=123456789\nCHANNEL=alice_77\nEMPTY=\nIS=false\nTWITCH_CLIENT_ID=abc123def456\n',
    });
    const hide = createRedactor(environmentOf(folder.path));
    expect(hide('s3same! https://x.test/T0/abc 123456789')).toBe('[hidden] [hidden] [hidden]');
    const plain = 'GPIO17 production 250000 alice_77 false abc123def456';
    expect(hide(plain)).toBe(plain);
    await folder.remove();
  });

  it('takes many secrets and long lines', () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`A${index}_KEY`, `value-${index}-$^[x]`]),
    );
    expect(createRedactor(many)('a value-499-$^[x] b')).toBe('a [hidden] b');
    expect(createRedactor(many)('://a:'.repeat(20_000))).toHaveLength(100_000);
  });
});

describe('environmentOf', () => {
  it('sees a secret that was changed in .env while the bot runs, and goes on hiding the old one', async () => {
    const folder = await makeBotFolder({ '.env': 'MY_SECRET=first-secret-111\n' });
    const hide = createRedactor(environmentOf(folder.path));
    expect(hide('first-secret-111 second-secret-222')).toBe('[hidden] second-secret-222');
    await writeFile(folder.file('.env'), 'MY_SECRET=second-secret-222\n');
    expect(hide('first-secret-111 second-secret-222')).toBe('[hidden] [hidden]');
    await rm(folder.file('.env'));
    expect(hide('second-secret-222')).toBe('[hidden]');
    await folder.remove();
  });
});
