// What somebody would write by hand for the chat side: publish what was said.
import mqtt from 'mqtt';

const client = mqtt.connect(process.env.BENCH_BROKER, { protocolVersion: 5 });
client.on('connect', () => process.send({ type: 'ready' }));
process.on('message', ({ type, text }) => {
  if (type === 'stop') process.exit(0);
  if (type === 'hear' && text.startsWith('!lamp ')) {
    client.publish('cmnd/lamp/POWER', text.slice(6), { qos: 1 });
  }
});
