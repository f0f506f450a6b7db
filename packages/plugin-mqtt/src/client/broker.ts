import type { InjectionToken } from '@pertybot/core';

/** What came from the broker. */
export interface BrokerMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** Whether the broker had kept it: it is no news. */
  readonly retained: boolean;
}

/** How something is published. */
export interface PublishOptions {
  /** 1 when the broker must take it, and may deliver it twice. */
  readonly qos: 0 | 1;
  /** Whether the broker keeps it for whoever comes. @default false */
  readonly retain?: boolean;
  /** How long the broker may hold it back, milliseconds. @default for ever */
  readonly expiry?: number;
}

/** What a link is made with. */
export interface LinkOptions {
  /** Name of the client at the broker. */
  readonly clientId: string;
  /** What the broker tells the others when this client is gone: a sign for people, never a safety device. */
  readonly will?: { readonly topic: string; readonly payload: string };
  /** What is listened to. */
  readonly topics: readonly string[];
  onMessage(message: BrokerMessage): void;
  /** The broker is reached, and what is listened to comes. */
  onUp(): void;
  /** @param reason one sentence */
  onDown(reason: string): void;
}

/** A connection to the broker that comes back by itself. */
export interface BrokerLink {
  readonly isUp: boolean;
  /** @returns false while the broker is not reached: nothing is kept for later */
  publish(topic: string, payload: string, options: PublishOptions): boolean;
  /** Has the broker say once more what it keeps: one that takes both at a time loses what comes while somebody subscribes. */
  ask(topic: string): void;
  close(): Promise<void>;
}

/** The MQTT broker. */
export interface Broker {
  link(options: LinkOptions): BrokerLink;
}

/** Injection token of the {@link Broker}. */
export const Broker: InjectionToken<Broker> = Symbol.for('pertybot.mqtt.Broker');
