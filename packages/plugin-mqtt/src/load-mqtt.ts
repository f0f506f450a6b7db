import { lateImport } from '@pertybot/core/host';

/** Loads mqtt.js at the first connection, by a file of its own in the bundle, too. It may fail, and is then asked again. */
export const loadMqtt = lateImport(
  './client/mqtt-js.js',
  (name): Promise<typeof import('./client/mqtt-js.js')> => import(name),
);
