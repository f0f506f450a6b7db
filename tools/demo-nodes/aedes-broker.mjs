// A broker for machines without Mosquitto, as a process of its own. It speaks MQTT 3.1.1, and keeps nothing.
// usage: aedes-broker.mjs PORT
import { createServer } from 'node:net';
import { Aedes } from 'aedes';

const broker = await Aedes.createBroker();
createServer(broker.handle).listen(Number(process.argv[2]), '127.0.0.1');
