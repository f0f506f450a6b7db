import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { createRedactor, environmentOf } from '../../src/bot-process/redaction.js';
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
