import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Served } from '../served.js';

let served: Served;
beforeEach(async () => {
  served = await Served.start();
});
afterEach(() => served.stop());

/** Events, server-sent, as text. */
async function openStream(cookie: string, lastId?: string) {
  const headers = {
    host: `localhost:${served.port}`,
    cookie,
    ...(lastId && { 'last-event-id': lastId }),
  };
  const sent = request({ host: '127.0.0.1', port: served.port, path: '/events', headers });
  sent.on('error', () => {});
  sent.end();
  const [response] = await once(sent, 'response');
  let text = '';
  response.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  response.on('error', () => {});
  const until = async (pattern: RegExp) => {
    while (!pattern.test(text)) await sleep(10);
    return text;
  };
  return { response, until, close: () => sent.destroy() };
}

const line = (text: string) => ({
  name: 'reply',
  data: { channel: 'c', text, delivery: { status: 'written' } },
});

describe('crowds at the page', () => {
  it('outlives ten thousand connections that say nothing, and answers its owner after them', async () => {
    const sockets: Socket[] = [];
    for (let round = 0; round < 100; round++) {
      // Not more than wait to be taken: those beyond would try again a second later.
      const some = Array.from({ length: 100 }, () => connect(served.port, '127.0.0.1'));
      for (const socket of some) socket.on('error', () => {});
      await Promise.all(some.map((socket) => once(socket, 'connect').catch(() => undefined)));
      sockets.push(...some);
      // Beyond what it takes, each is closed at once: they never all stand.
      await sleep(5);
      for (const socket of sockets.splice(200)) socket.destroy();
    }
    for (const socket of sockets) socket.destroy();
    while ((await served.send('/health').catch(() => undefined))?.status !== 200) await sleep(50);
  }, 60_000);

  it('drops a reader who does not read, and keeps nothing for him', async () => {
    const cookie = await served.logIn();
    const { response, close } = await openStream(cookie);
    response.pause();
    let isOver = false;
    response.on('close', () => {
      isOver = true;
    });
    for (let count = 0; count < 400 && !isOver; count++) {
      for (let each = 0; each < 50; each++) served.page.desk.hear(line('x'.repeat(1_000)));
      await sleep(25);
      if (response.destroyed || response.socket?.destroyed) break;
      if (served.page.desk.feed.newest > 15_000) break;
    }
    response.resume();
    while (!isOver) await sleep(10);
    expect(isOver).toBe(true);
    close();
  }, 60_000);

  it('tells who comes back what he missed, and no more', async () => {
    const cookie = await served.logIn();
    served.page.desk.hear(line('one'));
    const first = await openStream(cookie);
    const text = await first.until(/"one"/);
    const [, id = ''] = /id: (\S+)/.exec(text) ?? [];
    first.close();
    served.page.desk.hear(line('two'));
    const second = await openStream(cookie, id);
    const missed = await second.until(/"two"/);
    expect(missed).not.toContain('"one"');
    expect(missed).toContain('"whole":false');
    second.close();
    const stranger = await openStream(cookie, 'another-run-1');
    expect(await stranger.until(/"two"/)).toContain('"whole":true');
    stranger.close();
  });

  it('has two dozen streams at most: the oldest goes', async () => {
    const cookie = await served.logIn();
    const streams = [await openStream(cookie)];
    const gone = once(streams[0]?.response, 'close').catch(() => undefined);
    for (let count = 0; count < 24; count++) streams.push(await openStream(cookie));
    await gone;
    for (const { close } of streams) close();
  });

  it('tells the log to the owner alone', async () => {
    served.control.tell({ time: '', level: 'info', message: 'for the owner' });
    const owner = await openStream(await served.logIn('owner'));
    await owner.until(/for the owner/);
    owner.close();
    const operator = await openStream(await served.logIn('operator'));
    expect(await operator.until(/event: report/)).not.toContain('for the owner');
    operator.close();
  });
});
