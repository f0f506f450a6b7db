import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { gpioConfigSchema } from '../../../src/gpio-config.js';

const lamp = { type: 'light', pin: 17 };

/** The first fault of a config, and where it is. */
function faultOf(config: unknown): string | undefined {
  const [issue] = v.safeParse(gpioConfigSchema, config).issues ?? [];
  return issue && `${v.getDotPath(issue)}: ${issue.message}`;
}

describe('a time that is surely not meant', () => {
  it.each([
    [
      { gadgets: { lamp: { ...lamp, maxOn: 2 } } },
      'gadgets.lamp.maxOn: expected a time with its unit: 2 alone is milliseconds; did you mean "2s"?',
    ],
    [
      { gadgets: { lamp: { ...lamp, minOff: 30 } } },
      'gadgets.lamp.minOff: expected a time with its unit: 30 alone is milliseconds; did you mean "30s"?',
    ],
    [
      { gadgets: { lamp: { ...lamp, dutyCycle: { on: 10, in: '1m' } } } },
      'gadgets.lamp.dutyCycle.on: expected a time with its unit: 10 alone is milliseconds; did you mean "10s"?',
    ],
    [
      { gadgets: { lamp }, pins: { GPIO17: { maxOn: 60 } } },
      'pins.GPIO17.maxOn: expected a time with its unit: 60 alone is milliseconds; did you mean "60s"?',
    ],
    [
      { chatLostAfter: 60 },
      'chatLostAfter: expected a time with its unit: 60 alone is milliseconds; did you mean "60s"?',
    ],
    [{ gadgets: { lamp: { ...lamp, maxOn: '0s' } } }, 'gadgets.lamp.maxOn: expected 20 ms or more'],
    [
      { gadgets: { lamp: { ...lamp, maxOn: '10ms' } } },
      'gadgets.lamp.maxOn: expected 20 ms or more',
    ],
    [
      { gadgets: { lamp: { ...lamp, maxOn: '25h' } } },
      'gadgets.lamp.maxOn: expected 24 h or less, or "never" below "pins:"',
    ],
    [
      { gadgets: { led: { type: 'onboard-led', maxOn: 5 } } },
      'gadgets.led.maxOn: expected a time with its unit: 5 alone is milliseconds; did you mean "5s"?',
    ],
    [
      { gadgets: { flag: { type: 'servo', pin: 18, maxOn: '2ms' } } },
      'gadgets.flag.maxOn: expected 20 ms or more',
    ],
    [
      { gadgets: { lamp }, pins: { GPIO17: { maxOn: 'ever' } } },
      'pins.GPIO17.maxOn: expected a duration such as 10s, or never',
    ],
    [{ chatLostAfter: true }, 'chatLostAfter: expected a time such as 60s, or never'],
  ])('is refused: %j', (config, fault) => expect(faultOf(config)).toBe(fault));

  it.each([
    { gadgets: { lamp: { ...lamp, maxOn: 2_000, minOff: 0 } } },
    { gadgets: { lamp: { ...lamp, maxOn: '20ms', minOff: '7d' } } },
    { gadgets: { lamp: { ...lamp, maxOn: '24h', dutyCycle: { on: '1h', in: '2d' } } } },
    { gadgets: { lamp }, pins: { GPIO17: { maxOn: 'never' } }, chatLostAfter: 'never' },
  ])('is another one: %j', (config) => expect(faultOf(config)).toBeUndefined());
});
