// The simulated Twitch of the bench: redeems when it is told to, and tells when.
import { startTwitchSimulator } from '@pertybot/twitch-simulator';

const channel = 'streamer';
const scopes = ['channel:manage:redemptions'];
const twitch = await startTwitchSimulator({
  accounts: [{ login: channel, id: '77' }],
  callsPerMinute: 100_000,
});
const { accessToken: token } = twitch.id.issueToken({ login: channel, scopes });
twitch.channels.goLive({ channel });
process.send({
  type: 'twitch',
  twitch: {
    ...{ apiUrl: twitch.apiUrl, eventSubUrl: twitch.eventSubUrl },
    grant: { token, clientId: 'demo', userId: '77', login: channel, scopes },
  },
});
process.on('message', ({ viewer }) => {
  const at = process.hrtime.bigint();
  const reward = twitch.channels.rewards(channel).find(({ paused }) => !paused)?.title;
  twitch.channels.redeem({ channel, as: { login: viewer }, reward });
  process.send({ type: 'redeemed', at: String(at) });
});
