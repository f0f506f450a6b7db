import { definePlugin } from '@pertybot/core';
import { mqttConfigSchema } from './mqtt-config.js';

// For whoever shows the nodes
export { type RemoteGadgetInfo, type RemoteNode, RemoteNodes } from './host/remote-nodes.js';
// For whoever writes plugins.yaml or a broker's config by program
export { MqttConfig, mqttConfigSchema } from './mqtt-config.js';
export { isNodeName } from './protocol/names.js';
export { leaseTime } from './protocol/times.js';

/** Gadgets of other machines. */
export default definePlugin({
  name: 'mqtt',
  about: 'Gadgets of other machines, over MQTT',
  config: mqttConfigSchema,
  start() {},
});
