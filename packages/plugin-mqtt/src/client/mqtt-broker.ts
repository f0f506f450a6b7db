import { Socket } from 'node:net';
import { BotFolders, Clock, inject, injectable, isPertyError, messageOf } from '@pertybot/core';
import type { IClientOptions, MqttClient } from 'mqtt';
import { loadMqtt } from '../load-mqtt.js';
import { MqttConfig } from '../mqtt-config.js';
import { largestAnnouncement } from '../protocol/messages.js';
import type { Broker, BrokerLink, LinkOptions, PublishOptions } from './broker.js';
import { readCa } from './read-ca.js';

/** Pause before the broker is tried again, milliseconds. */
const retryPause = 1_000;

/** How long the broker may take to answer a connection, milliseconds. */
const connectLimit = 5_000;

/** Seconds without a word after which the broker is asked whether it lives. */
const keepalive = 5;

/** The broker of plugins.yaml, through mqtt.js, which is loaded at the first connection. */
@injectable()
export class MqttBroker implements Broker {
  constructor(
    @inject(MqttConfig) private readonly config: MqttConfig,
    @inject(BotFolders) private readonly folders: BotFolders,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  link(options: LinkOptions): BrokerLink {
    const link = new MqttLink(options, (version) => this.connect(options, version), this.clock);
    link.start();
    return link;
  }

  private async connect({ clientId, will }: LinkOptions, version: Version): Promise<MqttClient> {
    const { broker, user, password, ca } = this.config;
    const { mqtt } = await loadMqtt();
    const options: IClientOptions = {
      clientId,
      protocolVersion: version,
      clean: true,
      properties: { sessionExpiryInterval: 0, maximumPacketSize: largestAnnouncement + 1_024 },
      keepalive,
      connectTimeout: connectLimit,
      // A client that comes back by itself sends again what the broker had not taken: minutes late.
      reconnectPeriod: 0,
      queueQoSZero: false,
      // Every number of 16 bits as a buffer of its own: 20 MB.
      writeCache: false,
      resubscribe: false,
      ...(user === undefined ? {} : { username: user }),
      ...(password === undefined ? {} : { password }),
      ...(ca === undefined ? {} : { ca: await readCa(this.folders.bot, ca) }),
      ...(will
        ? { will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true } }
        : {}),
    };
    return mqtt.connect(broker, options);
  }
}

/** Of MQTT: 5, or 3.1.1, of which a broker that does not know 5 is asked; beats alone find then what comes late. */
type Version = 4 | 5;

/** What a broker answers that does not know MQTT 5. Source: MQTT 3.1.1, table 3.1; MQTT 5, section 3.2.2.2. */
const unknownVersion: ReadonlySet<unknown> = new Set([1, 132]);

/** One connection after the other, each with a client of its own, so that none has anything left of the one before. */
class MqttLink implements BrokerLink {
  isUp = false;
  private client: MqttClient | undefined;
  private isClosed = false;
  private cancel = () => {};
  private version: Version = 5;

  constructor(
    private readonly options: LinkOptions,
    private readonly connect: (version: Version) => Promise<MqttClient>,
    private readonly clock: Clock,
  ) {}

  start(): void {
    void this.open().catch((error: unknown) => {
      const hint = isPertyError(error) && error.hint ? ` ${error.hint}` : '';
      this.failed(`${messageOf(error)}${hint}`);
    });
  }

  publish(
    topic: string,
    payload: string,
    { qos, retain = false, expiry }: PublishOptions,
  ): boolean {
    const { client } = this;
    if (!this.isUp || !client?.connected) return false;
    const properties =
      expiry === undefined
        ? {}
        : { properties: { messageExpiryInterval: Math.ceil(expiry / 1_000) } };
    // What the broker does not take is known by the answer that does not come.
    client.publish(topic, payload, { qos, retain, ...properties }, () => {});
    return true;
  }

  ask(topic: string): void {
    if (this.isUp) this.client?.subscribe(topic, { qos: 1 }, () => {});
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.isUp = false;
    this.cancel();
    const { client } = this;
    this.client = undefined;
    if (!client) return;
    // What was published last is on its way: the broker has a moment to take it.
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(() => client.end(true, () => resolve()), 500);
      client.end(false, () => {
        clearTimeout(giveUp);
        resolve();
      });
    });
  }

  private async open(): Promise<void> {
    const client = await this.connect(this.version);
    if (this.isClosed) {
      client.on('error', () => {});
      client.end(true);
      return;
    }
    this.client = client;
    let reason = 'The broker has ended the connection.';
    const isCurrent = () => this.client === client;
    client.on('error', (error: BrokerError) => {
      reason = reasonOf(error);
      if (unknownVersion.has(error.code)) this.version = 4;
    });
    client.on('message', (topic, payload, { retain }) => {
      if (isCurrent()) this.options.onMessage({ topic, payload, retained: retain });
    });
    client.on('connect', () => {
      // Else a wish waits up to 40 ms for the acknowledgement of what was sent before it.
      if (client.stream instanceof Socket) client.stream.setNoDelay(true);
      client.subscribe([...this.options.topics], { qos: 1 }, (error, granted = []) => {
        if (!isCurrent()) return;
        const isRefused = granted.some(({ qos }) => qos > 2);
        if (error || isRefused) {
          reason = 'The broker does not let this user read the topics of its nodes.';
          client.end(true);
          return;
        }
        this.isUp = true;
        this.options.onUp();
      });
    });
    client.on('close', () => {
      if (!isCurrent()) return;
      this.client = undefined;
      client.end(true);
      this.failed(reason);
    });
  }

  private failed(reason: string): void {
    this.isUp = false;
    if (this.isClosed) return;
    this.options.onDown(reason);
    this.cancel = this.clock.after(retryPause, () => this.start());
  }
}

type BrokerError = Error & { readonly code?: number | string };

/** What mqtt.js and Node say, in a sentence. */
function reasonOf(error: BrokerError): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'Nobody listens at the address of the broker.';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The name of the broker is not known in the network.';
    case 4:
    case 5:
    case 134:
    case 135:
      return 'The broker refuses the user or the password.';
    default:
      return `The broker cannot be reached: ${messageOf(error) || String(error.code ?? error.name)}`;
  }
}
