import type { Money } from '@pertybot/core/host';
import { type EventType, eventType, ofBroadcaster } from './event-type.js';
import type { Fields } from './fields.js';

const charityScopes = ['channel:read:charity'];

/** Goals of the channel, and what is given to charity. */
export const goalTypes: readonly EventType[] = [
  goal('goalBegin', 'begin'),
  goal('goalProgress', 'progress'),
  goal('goalEnd', 'end'),
  eventType<'charityDonation'>({
    event: 'charityDonation',
    type: 'channel.charity_campaign.donate',
    version: '1',
    scopes: charityScopes,
    condition: ofBroadcaster,
    read: (fields, channel) => ({
      channel,
      user: fields.user(),
      charity: fields.text('charity_name'),
      amount: toMoney(fields.object('amount')),
    }),
  }),
  charity('charityBegin', 'start'),
  charity('charityProgress', 'progress'),
  charity('charityEnd', 'stop'),
];

function goal(event: 'goalBegin' | 'goalProgress' | 'goalEnd', name: string): EventType {
  return eventType<typeof event>({
    event,
    type: `channel.goal.${name}`,
    version: '1',
    scopes: ['channel:read:goals'],
    condition: ofBroadcaster,
    read: (fields, channel) => ({
      channel,
      id: fields.text('id'),
      kind: fields.text('type'),
      description: fields.optionalText('description') ?? '',
      current: fields.number('current_amount'),
      target: fields.number('target_amount'),
      ...(name === 'end' && { achieved: fields.flag('is_achieved') }),
    }),
  });
}

function charity(
  event: 'charityBegin' | 'charityProgress' | 'charityEnd',
  name: string,
): EventType {
  return eventType<typeof event>({
    event,
    type: `channel.charity_campaign.${name}`,
    version: '1',
    scopes: charityScopes,
    condition: ofBroadcaster,
    read: (fields, channel) => ({
      channel,
      id: fields.text('id'),
      charity: fields.text('charity_name'),
      current: toMoney(fields.object('current_amount')),
      target: toMoney(fields.object('target_amount')),
    }),
  });
}

/** Twitch counts in the smallest unit. */
function toMoney(fields: Fields): Money {
  const value = fields.number('value') / 10 ** fields.count('decimal_places');
  return { value, currency: fields.optionalText('currency') ?? '' };
}
