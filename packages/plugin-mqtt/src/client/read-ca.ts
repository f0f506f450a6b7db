import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { MqttError } from '../mqtt-error.js';

/**
 * Reads the certificate that `ca:` names.
 * @param folder of plugins.yaml, whatever folder the program runs in
 * @throws MqttError MQTT_CA_UNREADABLE
 */
export async function readCa(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(path.resolve(folder, file));
  } catch (cause) {
    const message = `The certificate "${file}" cannot be read.`;
    const hint = 'Copy the ca.crt of the broker there, or correct "ca:".';
    throw new MqttError('MQTT_CA_UNREADABLE', message, { hint, cause });
  }
}
