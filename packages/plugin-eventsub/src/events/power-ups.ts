import { type EventType, eventType, ofBroadcaster } from './event-type.js';

const scopes = ['bits:read'];

/** Bits that are no cheer: chat brings those. */
export const powerUpTypes: readonly EventType[] = [
  eventType<'powerUp'>({
    event: 'powerUp',
    type: 'channel.bits.use',
    version: '1',
    scopes,
    condition: ofBroadcaster,
    read(fields, channel) {
      const type = fields.text('type');
      // The redemption of a custom one tells its title, too.
      if (type === 'cheer' || type === 'custom_power_up') return undefined;
      return {
        channel,
        user: fields.user(),
        kind: fields.optionalObject('power_up')?.optionalText('type') ?? type,
        bits: fields.number('bits'),
        text: fields.optionalObject('message')?.optionalText('text') ?? '',
      };
    },
  }),
  eventType<'powerUp'>({
    event: 'powerUp',
    type: 'channel.custom_power_up_redemption.add',
    version: '1',
    scopes,
    condition: ofBroadcaster,
    read(fields, channel) {
      const powerUp = fields.object('custom_power_up');
      return {
        channel,
        user: fields.user(),
        kind: 'custom',
        bits: powerUp.number('bits'),
        text: fields.optionalText('user_input') ?? '',
        title: powerUp.text('title'),
      };
    },
  }),
];
