import type { GadgetKind } from '../gadget-kind.js';
import { button } from './button.js';
import { buzzer } from './buzzer.js';
import { group } from './group.js';
import { light, onboardLed } from './light.js';
import { motor } from './motor.js';
import { relay } from './relay.js';
import { rgb } from './rgb.js';
import { sensor } from './sensor.js';
import { sequence } from './sequence.js';
import { servo } from './servo.js';
import { thermometer } from './thermometer.js';

/** The kinds that come with the gpio plugin. */
export const firstPartyKinds: readonly GadgetKind[] = [
  light,
  relay,
  buzzer,
  rgb,
  motor,
  servo,
  onboardLed,
  button,
  sensor,
  thermometer,
  group,
  sequence,
];
