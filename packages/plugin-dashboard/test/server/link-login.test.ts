import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Served } from '../served.js';

let served: Served;
beforeAll(async () => {
  served = await Served.start();
});
afterAll(() => served.stop());

it('a link lets its bearer in, however often another site has sent his browser here', async () => {
  const headers = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  for (let time = 0; time < 9; time++) await served.send(`/login?once=${time}`, { headers });
  const { pathname, search } = new URL(served.page.desk.link('owner'));
  const answer = await served.send(`${pathname}${search}`);
  expect(answer.headers['set-cookie']).toHaveLength(1);
  expect((await served.wish('/api/login', { password: 'incorrect' })).status).toBe(401);
});
