import { PertyError } from '@pertybot/core';

/** Every code of a {@link MqttError}; docs/errors.md explains each. */
export type MqttErrorCode = 'MQTT_CA_UNREADABLE' | 'MQTT_STOP_HELD' | 'MQTT_STATE_UNREADABLE';

/** Thrown whenever the plugin cannot work with the broker or its own files as it must. */
export class MqttError extends PertyError<MqttErrorCode> {}
