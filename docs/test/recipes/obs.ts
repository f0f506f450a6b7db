import { createHash, randomUUID } from 'node:crypto';
import { on } from 'node:events';
import { definePlugin, v } from '@pertybot/core';
import WebSocket from 'ws';

const hello = v.object({
  authentication: v.optional(v.object({ challenge: v.string(), salt: v.string() })),
});
const status = v.object({ requestStatus: v.object({ result: v.boolean(), code: v.number() }) });

const hash = (text: string) => createHash('sha256').update(text).digest('base64');

export default definePlugin({
  name: 'obs',
  about: 'Changes the scene of OBS',
  config: v.strictObject({
    url: v.pipe(v.optional(v.string(), 'ws://127.0.0.1:4455'), v.description('Where OBS listens')),
    password: v.pipe(v.string(), v.description('That of the WebSocket server in OBS, a secret')),
    scenes: v.pipe(v.record(v.string(), v.string()), v.description('Scenes, by a word of chat')),
  }),
  start({ command, signal }, { url, password, scenes }) {
    const change = async (sceneName: string) => {
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(5_000)]);
      const socket = new WebSocket(url);
      try {
        const messages = on(socket, 'message', { signal: deadline, close: ['close'] });
        const next = async (op: number): Promise<unknown> => {
          for (;;) {
            const { done, value } = await messages.next();
            if (done) throw new Error('OBS hung up: is the password right?');
            const message = JSON.parse(String(value[0]));
            if (message.op === op) return message.d;
          }
        };
        const send = (op: number, d: object) => socket.send(JSON.stringify({ op, d }));
        const { authentication: asked } = v.parse(hello, await next(0));
        const proof = asked && hash(hash(password + asked.salt) + asked.challenge);
        send(1, { rpcVersion: 1, eventSubscriptions: 0, authentication: proof });
        await next(2);
        send(6, {
          requestType: 'SetCurrentProgramScene',
          requestId: randomUUID(),
          requestData: { sceneName },
        });
        const { requestStatus } = v.parse(status, await next(7));
        if (!requestStatus.result) throw new Error(`OBS refused it, with ${requestStatus.code}.`);
      } finally {
        socket.close();
      }
    };
    command(
      'scene <name>',
      { about: `One of: ${Object.keys(scenes).join(', ')}`, allow: 'moderator', cooldown: '3s' },
      async ({ args, reply }) => {
        // Chat says a word; which scenes there are to choose from is the owner's.
        const scene = Object.hasOwn(scenes, args.name) ? scenes[args.name] : undefined;
        if (scene === undefined) return reply(`There are: ${Object.keys(scenes).join(', ')}`);
        await change(scene);
        await reply(`Now: ${args.name}`);
      },
    );
  },
});
