import { definePlugin } from '@pertybot/core';

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
export default definePlugin({ name: 'mqtt', start() {} });
