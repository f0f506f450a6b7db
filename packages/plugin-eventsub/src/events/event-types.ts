import { audienceTypes } from './audience.js';
import type { EventType } from './event-type.js';
import { goalTypes } from './goals.js';
import { hypeTrainTypes } from './hype-trains.js';
import { pollTypes } from './polls.js';
import { powerUpTypes } from './power-ups.js';
import { predictionTypes } from './predictions.js';
import { rewardTypes } from './rewards.js';
import { streamTypes } from './stream.js';

/** All types of EventSub's that the bot makes events of. What chat brings is left to chat. */
export const eventTypes: readonly EventType[] = [
  ...rewardTypes,
  ...powerUpTypes,
  ...audienceTypes,
  ...hypeTrainTypes,
  ...pollTypes,
  ...predictionTypes,
  ...goalTypes,
  ...streamTypes,
];
