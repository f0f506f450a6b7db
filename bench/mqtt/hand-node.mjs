// What somebody would write by hand at the pin: subscribe, and write.
import { openSync, writeSync } from 'node:fs';
import mqtt from 'mqtt';

const pin = openSync('/dev/null', 'w');
const client = mqtt.connect(process.env.BENCH_BROKER, { protocolVersion: 5 });
client.on('connect', () => {
  client.subscribe('cmnd/lamp/POWER', { qos: 1 }, () => process.send({ type: 'ready' }));
});
client.on('message', () => {
  writeSync(pin, '1');
  process.send({ type: 'moved', at: Number(process.hrtime.bigint()) / 1e6 });
});
process.on('message', ({ type }) => type === 'stop' && process.exit(0));
