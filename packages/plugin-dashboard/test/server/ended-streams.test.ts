import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Served } from '../served.js';

let served: Served;
beforeAll(async () => {
  served = await Served.start();
});
afterAll(() => served.stop());

/** Opens a stream. @returns its answer, and what resolves when the server has ended it */
async function open(path: string, cookie = '') {
  const { port } = served;
  const sent = request({
    ...{ host: '127.0.0.1', port, path },
    headers: { host: `localhost:${port}`, cookie },
  });
  sent.on('error', () => {}).end();
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (answer === undefined) throw new Error('Nothing was answered.');
  const ended = new Promise<void>((resolve) => answer.on('error', () => {}).on('close', resolve));
  answer.resume();
  return { status: answer.statusCode, ended };
}

const overlay = () => `/overlay/events?key=${served.page.desk.keys.overlay}`;

describe('a stream whose reader may see no more', () => {
  it('ends when he logs out, and no other one does', async () => {
    const cookies = [await served.logIn('owner'), await served.logIn('owner')];
    const [own, other] = await Promise.all(cookies.map((cookie) => open('/events', cookie)));
    let isOtherOpen = true;
    void other?.ended.then(() => {
      isOtherOpen = false;
    });
    await served.page.desk.sessions.end(cookies[0]?.split('=')[1]);
    await own?.ended;
    expect([own?.status, isOtherOpen]).toEqual([200, true]);
  });

  it('ends when the overlay gets a new key, and is not had with the old one again', async () => {
    const old = overlay();
    const { ended, status } = await open(old);
    await served.page.desk.revokeKeys();
    await ended;
    expect([status, (await open(old)).status, (await open(overlay())).status]).toEqual([
      200, 401, 200,
    ]);
  });
});
