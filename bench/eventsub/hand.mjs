// What somebody would write by hand for one reward and one pin: `ws`, JSON.parse, a write.
import { openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from 'ws';

const folder = process.argv[2];
const { apiUrl, eventSubUrl, grant } = JSON.parse(
  readFileSync(join(folder, 'twitch.json'), 'utf8'),
);
const pin = openSync(join(folder, 'pin'), 'w');
const headers = {
  authorization: `Bearer ${grant.token}`,
  'client-id': grant.clientId,
  'content-type': 'application/json',
};
const call = async (method, path, body) => {
  const answer = await fetch(`${apiUrl}/${path}`, { method, headers, body: JSON.stringify(body) });
  return answer.json();
};
const rewards = `channel_points/custom_rewards?broadcaster_id=${grant.userId}`;
const known = await call('GET', rewards);
const own = known.data.find(({ title }) => title === 'Pulse')?.id;
const { id } = own
  ? (await call('PATCH', `${rewards}&id=${own}`, { is_paused: false })).data[0]
  : (await call('POST', rewards, { title: 'Pulse', cost: 10 })).data[0];

new WebSocket(eventSubUrl).on('message', async (data) => {
  const { metadata, payload } = JSON.parse(data);
  if (metadata.message_type === 'notification') {
    if (payload.event.reward.id !== id) return;
    writeSync(pin, '1');
    process.send({ type: 'moved', at: String(process.hrtime.bigint()) });
  } else if (metadata.message_type === 'session_welcome') {
    await call('POST', 'eventsub/subscriptions', {
      type: 'channel.channel_points_custom_reward_redemption.add',
      version: '1',
      condition: { broadcaster_user_id: grant.userId },
      transport: { method: 'websocket', session_id: payload.session.id },
    });
    process.send({ type: 'ready' });
  }
});
