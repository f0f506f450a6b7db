// A broker for machines without Mosquitto, as a process of its own. It speaks MQTT 3.1.1, and keeps nothing.
// usage, by fork(): aedes-broker.mjs PORT
import { createServer } from 'node:net';
import { Aedes } from 'aedes';

const broker = await Aedes.createBroker();
createServer(broker.handle).listen(Number(process.argv[2]), '127.0.0.1');
process.on('message', () => process.exit());
// It outlives nobody.
process.on('disconnect', () => process.exit());
