import type { IClientOptions, MqttClient } from 'mqtt';
import { loadMqtt } from '../load-mqtt.js';

/** Whom a broker is asked as. */
export interface BrokerLogin {
  /** `mqtt://127.0.0.1:1883`, or `mqtts://…`. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Certificate of the authority that signed the broker's, PEM. */
  readonly ca?: string | Uint8Array | undefined;
}

/** A message as it came. */
export interface HeardMessage {
  readonly topic: string;
  readonly text: string;
}

/** Milliseconds that a broker gets for each answer. */
const patience = 3_000;

/** A session with a broker that looks, and leaves nothing behind. */
export class BrokerProbe {
  private constructor(private readonly client: MqttClient) {}

  /**
   * Logs in with MQTT 5.
   * @throws Error of the client, with the reason code of the broker as `code`
   */
  static async logIn({ url, username, password, ca }: BrokerLogin): Promise<BrokerProbe> {
    const { mqtt } = await loadMqtt();
    const options: IClientOptions = {
      protocolVersion: 5,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: patience,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(ca !== undefined && { ca: Buffer.from(ca) }),
    };
    // Without retries it also tells of a broker that never answers.
    const client = await mqtt.connectAsync(url, options, false);
    // What breaks later shows by what does not come.
    client.on('error', () => {});
    return new BrokerProbe(client);
  }

  /** Publishes, and waits until the broker has taken or refused it. @returns whether it said that it took it */
  async publish(topic: string, text: string): Promise<boolean> {
    return this.client.publishAsync(topic, text, { qos: 1 }).then(
      () => true,
      () => false,
    );
  }

  /**
   * Hears what comes to `topic`, what is retained first, until `enough` says so or the time is over.
   * @param time milliseconds
   */
  async hear(
    topic: string,
    enough: (heard: readonly HeardMessage[]) => boolean,
    time = patience,
  ): Promise<readonly HeardMessage[]> {
    const heard: HeardMessage[] = [];
    const waiting = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, time);
      this.client.on('message', (from, payload) => {
        heard.push({ topic: from, text: payload.toString('utf8') });
        if (!enough(heard)) return;
        clearTimeout(timer);
        resolve();
      });
      this.client.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    await this.client.subscribeAsync(topic, { qos: 1 });
    await waiting;
    return heard;
  }

  /** Leaves. */
  async end(): Promise<void> {
    await this.client.endAsync(true);
  }
}
