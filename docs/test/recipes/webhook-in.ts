import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { definePlugin, v } from '@pertybot/core';
import { Gadgets } from '@pertybot/plugin-gpio';

export default definePlugin({
  name: 'webhook-in',
  about: 'Lets other programs drive a gadget: POST /bell',
  config: v.strictObject({
    port: v.pipe(v.optional(v.number(), 8_081), v.description('Port to listen at')),
    secret: v.pipe(v.string(), v.minLength(16), v.description('What callers say in X-Secret')),
    doors: v.pipe(
      v.record(v.string(), v.string()),
      v.description('What is done by path, such as bell: "lamp blink 3"'),
    ),
  }),
  needs: { gadgets: Gadgets },
  async start({ gadgets, run, onStop }, { port, secret, doors }) {
    const isKnown = (said: unknown) => {
      const given = Buffer.from(String(said));
      const wanted = Buffer.from(secret);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    };
    const answer = async (path: string, method: string, said: unknown) => {
      if (!isKnown(said)) return 401;
      const action = Object.hasOwn(doors, path) ? doors[path] : undefined;
      if (method !== 'POST' || action === undefined) return 404;
      const [name = '', ...words] = action.split(' ');
      const gadget = gadgets.find(name);
      if (gadget === undefined) return 503;
      // Through the same queue and guard as a command of chat.
      const result = await gadget.perform(words.join(' '));
      return result.refused ? 409 : 204;
    };
    const server = createServer((request, response) => {
      const path = (request.url ?? '').slice(1);
      request.resume();
      run('webhook', async () => {
        response.statusCode = await answer(path, request.method ?? '', request.headers['x-secret']);
        response.end();
      });
    });
    // This machine alone; a tunnel or a reverse proxy brings what comes from outside.
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    onStop(() => {
      server.close();
      server.closeAllConnections();
    });
  },
});
