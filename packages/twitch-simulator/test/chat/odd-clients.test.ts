import { describe, expect, it } from '@jest/globals';
import { simulator } from '../simulator.js';
import { RawClient } from './raw-client.js';

describe('a client that keeps no order', () => {
  it('gets nothing of a channel before it is logged in', async () => {
    const twitch = await simulator();
    const client = await RawClient.open(twitch);
    client.send('JOIN #perty', 'PRIVMSG #perty :too early', 'PART #perty', 'WHO #perty');
    await client.settled();
    expect(client.lines.filter((line) => !line.includes('PONG'))).toEqual([]);
    expect([twitch.chat.joined('perty'), twitch.chat.messages.length]).toEqual([false, 0]);
  });

  it('is refused when its name comes before its password', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const client = await RawClient.open(twitch);
    client.send('NICK pertybot', `PASS oauth:${accessToken}`);
    expect(await client.heard('NOTICE')).toContain('Improperly formatted auth');
    await client.closed;
  });

  it('is logged in by the last of several passwords, and by its first name', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const client = await RawClient.open(twitch);
    client.send('PASS oauth:wrong', `PASS oauth:${accessToken}`, 'NICK pertybot', 'NICK streamer');
    await client.heard(' 376 ');
    await client.settled();
    expect(twitch.chat.sessions.map(({ login }) => login)).toEqual(['pertybot']);
    expect(client.lines.filter((line) => line.includes(' 001 '))).toHaveLength(1);
  });

  it('is refused once, however often it tries on the same connection', async () => {
    const twitch = await simulator();
    twitch.chat.faults.closesAfterRefusal = false;
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const client = await RawClient.open(twitch);
    client.send('PASS oauth:wrong', 'NICK pertybot');
    client.send(`PASS oauth:${accessToken}`, 'NICK pertybot');
    await client.settled();
    expect(client.lines.filter((line) => line.includes('NOTICE'))).toHaveLength(1);
    expect(client.lines.join('\n')).not.toContain(' 001 ');
  });

  it('joins and leaves what it is in or not, as often as it likes', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    client.send('PART #perty', 'JOIN #perty', 'JOIN #perty,#perty', 'PART #perty,#perty');
    await client.settled();
    expect(twitch.chat.joined('perty')).toBe(false);
    expect(client.lines.filter((line) => line.endsWith(' PART #perty'))).toHaveLength(1);
  });

  it('may write where it has not joined, as on Twitch', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    client.send('PRIVMSG #perty :from outside');
    await client.settled();
    expect(twitch.chat.messages.map(({ text }) => text)).toEqual(['from outside']);
  });

  it.each(['WHO #perty', 'constructor', '__proto__ x', 'toString', 'TIME'])(
    'is told that %j is no command',
    async (line) => {
      const twitch = await simulator();
      const client = await RawClient.join(twitch);
      client.send(line);
      const command = line.split(' ')[0]?.toUpperCase();
      expect(await client.heard(' 421 ')).toBe(
        `:tmi.twitch.tv 421 pertybot ${command} :Unknown command`,
      );
    },
  );

  it.each([
    '',
    ' ',
    ':',
    '@',
    '@a',
    ':x',
    '\u0000',
    '\r\n\r\n',
    'PRIVMSG',
    'JOIN',
    'PART #',
    'CAP',
  ])('is not cut off for %j', async (line) => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send(line);
    await client.settled();
    expect(twitch.chat.members('perty')).toEqual(['pertybot']);
  });

  it.each([
    ':x PASS oauth:secret',
    '@a=b PASS oauth:secret',
    '  PASS oauth:secret',
    'pass  oauth:secret',
    'PASS :oauth:secret',
    'PASS',
  ])('never has its password shown: %j', async (line) => {
    const twitch = await simulator();
    const lines: string[] = [];
    twitch.chat.on('line', (event) => lines.push(event.line));
    const client = await RawClient.open(twitch);
    client.send(line);
    await client.settled();
    expect(lines[0]).toBe('PASS ***');
    expect(lines.join()).not.toContain('secret');
  });

  it('is told by QUIT that it goes', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send('QUIT :bye');
    expect(await client.closed).toBe(1000);
    expect(twitch.chat.joined('perty')).toBe(false);
  });
});

describe('a frame', () => {
  it('may hold many lines, ended in any way', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    client.send('JOIN #one\r\nJOIN #two\nJOIN #three\rJOIN #four');
    await client.settled();
    const channels = [...(twitch.chat.sessions[0]?.channels ?? [])];
    expect(channels).toEqual(['one', 'two', 'three', 'four']);
  });

  it('may be binary, and is read as UTF-8', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.socket.send(Buffer.from('PRIVMSG #perty :Grüße 🎉'));
    await client.settled();
    expect(twitch.chat.messages[0]?.text).toBe('Grüße 🎉');
  });

  it('may be empty', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.socket.send('');
    client.socket.send(Buffer.alloc(0));
    await client.settled();
    expect(twitch.chat.joined('perty')).toBe(true);
  });

  it('may hold a line of a million characters, which is dropped', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    const dropped = twitch.chat.waitFor('dropped');
    client.send(`PRIVMSG #perty :${'x'.repeat(1_000_000)}`);
    expect((await dropped).reason).toBe('too-long');
    client.send(`@${'a=b;'.repeat(250_000)} PRIVMSG #perty :with many tags`);
    client.send(`${'X'.repeat(1_000_000)} #perty`);
    await client.settled();
    expect(twitch.chat.messages.map(({ text }) => text)).toEqual(['with many tags']);
  });

  it.each([
    ['x'.repeat(500), 1],
    ['x'.repeat(501), 0],
    ['🎉'.repeat(500), 1],
    ['🎉'.repeat(501), 0],
  ])('carries a text of Twitch’s length, counted in characters (%#)', async (text, shown) => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send(`PRIVMSG #perty :${text}`);
    await client.settled();
    expect(twitch.chat.messages).toHaveLength(shown);
  });
});
