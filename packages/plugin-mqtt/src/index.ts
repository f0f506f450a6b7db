import { definePlugin } from '@pertybot/core';
import { checkBroker } from './doctor/broker-checks.js';
import { mqttConfigSchema } from './mqtt-config.js';

// For whoever shows the nodes
export { type RemoteGadgetInfo, type RemoteNode, RemoteNodes } from './host/remote-nodes.js';
// For whoever writes plugins.yaml or a broker's config by program
export { MqttConfig, mqttConfigSchema } from './mqtt-config.js';
export { isNodeName } from './protocol/names.js';
export { leaseTime } from './protocol/times.js';

// Of no use to a plugin: for the program that sets up a broker
export { type AclOptions, aclFile } from './setup/mosquitto-acl.js';
export {
  type MosquittoConfigOptions,
  mosquittoConfig,
  type TlsFiles,
} from './setup/mosquitto-config.js';
export { type BrokerUser, newPassword, passwordFile } from './setup/mosquitto-users.js';
export { type ProvedBroker, proveAccess } from './setup/prove-access.js';

/** Gadgets of other machines. */
export default definePlugin({
  name: 'mqtt',
  about: 'Gadgets of other machines, over MQTT',
  config: mqttConfigSchema,
  start() {},
  checks: ({ config }) => checkBroker(config),
});
