import { definePlugin } from '@pertybot/core';
import { Broker } from './client/broker.js';
import { MqttBroker } from './client/mqtt-broker.js';
import { checkBroker } from './doctor/broker-checks.js';
import { HostNodes } from './host/host-nodes.js';
import { KeptNodes } from './host/kept-nodes.js';
import { RemoteNodes } from './host/remote-nodes.js';
import { MqttConfig, mqttConfigSchema } from './mqtt-config.js';
import { serveNode } from './node/serve-node.js';
import { mqttReplies } from './replies.js';

// For whoever shows the nodes
export { type RemoteGadgetInfo, type RemoteNode, RemoteNodes } from './host/remote-nodes.js';
// For whoever writes plugins.yaml or a broker's config by program
export { MqttConfig, mqttConfigSchema } from './mqtt-config.js';
export { isNodeName } from './protocol/names.js';
export { leaseTime } from './protocol/times.js';
export { hostLeaves, nodeLeaves } from './protocol/topics.js';
// Errors
export { MqttError, type MqttErrorCode } from './mqtt-error.js';

// Of no use to a plugin: for the program that sets up a broker
export { type AclOptions, aclFile } from './setup/mosquitto-acl.js';
export {
  type MosquittoConfigOptions,
  mosquittoConfig,
  type TlsFiles,
} from './setup/mosquitto-config.js';
export { type BrokerUser, newPassword, passwordFile } from './setup/mosquitto-users.js';
export { type ProvedBroker, proveAccess } from './setup/prove-access.js';

/** Gadgets of other machines: offered by those, or taken by the bot that sits in chat. */
export default definePlugin({
  name: 'mqtt',
  about: 'Gadgets of other machines, over MQTT',
  config: mqttConfigSchema,
  provides: [RemoteNodes],
  replies: mqttReplies,
  bringsGadget: mayBring,
  // What is said last is that all is to be made safe.
  stopTimeout: '2s',
  register(container, config) {
    container.register(MqttConfig, { useValue: config });
    container.registerSingleton(KeptNodes);
    container.registerSingleton(MqttBroker);
    container.register(Broker, { useToken: MqttBroker });
    container.registerSingleton(HostNodes);
    container.register(RemoteNodes, { useToken: HostNodes });
  },
  start(context, { node }) {
    if (node === undefined) context.container.resolve(HostNodes).start(context);
    else serveNode(context, node);
  },
  checks: (context) => checkBroker(context),
});

/** Whether a node may have a gadget that is called so here. */
function mayBring({ nodes = {} }: MqttConfig, name: string): boolean {
  return Object.values(nodes).some((settings) => {
    const { only, as } = settings ?? {};
    const own = as === undefined ? name : name.slice(as.length + 1);
    if (as !== undefined && (!name.startsWith(`${as}-`) || own === '')) return false;
    return only === undefined || only.includes(own);
  });
}
