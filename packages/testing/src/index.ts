// The harness of core, so that a test needs one import
export {
  type HearOptions,
  ManualClock,
  makeMessage,
  makeRedemption,
  makeUser,
  type RecordedEvent,
  type RedeemOptions,
  type TestBotOptions,
  type TestEntry,
} from '@pertybot/core/testing';
export { type GadgetTestBot, type GadgetTestBotOptions, startTestBot } from './gadget-test-bot.js';
export type { PinName, TestPin, TestPins } from './test-pins.js';
