import mqtt, { type MqttClient } from 'mqtt';

/** A message as it went by. */
export interface Overheard {
  readonly topic: string;
  readonly text: string;
}

/** Somebody who hears all that goes through a broker, and says it again when it does harm. */
export class Eavesdropper {
  readonly heard: Overheard[] = [];

  private constructor(private readonly client: MqttClient) {
    client.on('message', (topic, payload) => {
      this.heard.push({ topic, text: payload.toString('utf8') });
    });
  }

  static async listen(url: string): Promise<Eavesdropper> {
    const client = await mqtt.connectAsync(url, { protocolVersion: 5 });
    const listener = new Eavesdropper(client);
    await client.subscribeAsync('pertybot/#', { qos: 1, nl: true });
    return listener;
  }

  /** What was heard on topics that end so. */
  on(end: string): readonly Overheard[] {
    return this.heard.filter(({ topic }) => topic.endsWith(end));
  }

  /** Says it again. */
  async repeat({ topic, text }: Overheard, retain = false): Promise<void> {
    await this.client.publishAsync(topic, text, { qos: 1, retain });
  }

  async end(): Promise<void> {
    await this.client.endAsync(true);
  }
}
