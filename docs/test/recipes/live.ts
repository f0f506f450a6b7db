import { AccessTokens, definePlugin, v } from '@pertybot/core';

const answer = v.object({
  data: v.array(v.object({ title: v.string(), viewer_count: v.number() })),
});

export default definePlugin({
  name: 'live',
  about: 'Tells how many watch, asking Twitch with the token of the bot',
  config: v.strictObject({
    api: v.pipe(v.optional(v.string(), 'https://api.twitch.tv/helix'), v.description('Address')),
  }),
  needs: { tokens: AccessTokens },
  start({ tokens, command, signal }, { api }) {
    const ask = async (path: string) => {
      for (let isAgain = false; ; isAgain = true) {
        const { token, clientId } = await tokens.get({ signal });
        const response = await fetch(`${api}${path}`, {
          headers: { authorization: `Bearer ${token}`, 'client-id': clientId },
          signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
        });
        // Twitch took the token back: say so, and try once more with the next one.
        if (response.status === 401 && !isAgain) await tokens.invalidate(token);
        else if (!response.ok) throw new Error(`Twitch answered ${response.status}.`);
        else return v.parse(answer, await response.json());
      }
    };
    command(
      'watching',
      { about: 'How many watch', cooldown: { everyone: '15s' } },
      async (call) => {
        const login = encodeURIComponent(call.channel);
        const [stream] = (await ask(`/streams?user_login=${login}`)).data;
        await call.reply(
          stream ? `${stream.viewer_count} watch ${stream.title}` : 'Nobody streams.',
        );
      },
    );
  },
});
