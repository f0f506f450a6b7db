import { definePlugin, v } from '@pertybot/core';

export default definePlugin({
  name: 'webhook-out',
  about: 'Tells a webhook, such as one of Discord, what happens',
  config: v.strictObject({
    url: v.pipe(v.string(), v.url(), v.description('Address of the webhook, a secret')),
  }),
  start({ on, log, signal }, { url }) {
    const tell = async (content: string) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        // Names come from strangers: nobody is pinged by one.
        body: JSON.stringify({ content, allowed_mentions: { parse: [] } }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
      });
      if (!response.ok) log.warn(`The webhook answered ${response.status}.`);
    };
    on('raid', ({ user, viewers }) => tell(`${user.displayName} raids with ${viewers} viewers.`));
    on('cheer', ({ user, bits }) => tell(`${user.displayName} cheers ${bits} bits.`));
  },
});
