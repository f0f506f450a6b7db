import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCodeOf, messageOf, v } from '@pertybot/core';
import { writeFileAtomicallySync } from '@pertybot/core/host';
import { MqttError } from '../mqtt-error.js';

/**
 * A small file in the state folder. It is read and written at once: a stop must be on the disk before anybody is told
 * that it is.
 */
export class KeptFile<Schema extends v.GenericSchema> {
  private readonly file: string;

  constructor(
    private readonly folder: string,
    name: string,
    private readonly schema: Schema,
  ) {
    this.file = path.join(folder, name);
  }

  /**
   * @returns undefined where it was never written
   * @throws MqttError MQTT_STATE_UNREADABLE where it cannot be read or understood
   */
  read(): v.InferOutput<Schema> | undefined {
    try {
      return v.parse(this.schema, JSON.parse(readFileSync(this.file, 'utf8')));
    } catch (cause) {
      if (errorCodeOf(cause) === 'ENOENT') return undefined;
      const message = `"${this.file}" cannot be read (${messageOf(cause)}).`;
      const hint = 'Remove it: what it held is asked for again.';
      throw new MqttError('MQTT_STATE_UNREADABLE', message, { hint, cause });
    }
  }

  /** @throws the system's error */
  write(value: v.InferOutput<Schema>): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileAtomicallySync(this.file, `${JSON.stringify(value)}\n`);
  }
}
