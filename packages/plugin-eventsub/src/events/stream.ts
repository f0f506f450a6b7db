import { type EventType, eventType, ofBroadcaster, ofModerator } from './event-type.js';

/** The stream and its channel. */
export const streamTypes: readonly EventType[] = [
  eventType<'streamOnline'>({
    event: 'streamOnline',
    type: 'stream.online',
    version: '1',
    scopes: [],
    condition: ofBroadcaster,
    read: (fields, channel) => ({
      channel,
      id: fields.text('id'),
      kind: fields.optionalText('type') ?? 'live',
      startedAt: fields.time('started_at'),
    }),
  }),
  eventType<'streamOffline'>({
    event: 'streamOffline',
    type: 'stream.offline',
    version: '1',
    scopes: [],
    condition: ofBroadcaster,
    read(fields, channel) {
      const id = fields.optionalText('id');
      return id === undefined ? { channel } : { channel, id };
    },
  }),
  eventType<'channelUpdate'>({
    event: 'channelUpdate',
    type: 'channel.update',
    version: '2',
    scopes: [],
    condition: ofBroadcaster,
    read: (fields, channel) => ({
      channel,
      title: fields.text('title'),
      category: fields.optionalText('category_name') ?? '',
      language: fields.optionalText('language') ?? '',
    }),
  }),
  eventType<'adBreak'>({
    event: 'adBreak',
    type: 'channel.ad_break.begin',
    version: '1',
    scopes: ['channel:read:ads', 'channel:manage:ads'],
    condition: ofBroadcaster,
    read: (fields, channel) => ({
      channel,
      duration: fields.number('duration_seconds') * 1_000,
      automatic: fields.flag('is_automatic'),
      startedAt: fields.time('started_at'),
    }),
  }),
  shield('shieldModeBegin', 'begin'),
  shield('shieldModeEnd', 'end'),
];

function shield(event: 'shieldModeBegin' | 'shieldModeEnd', name: string): EventType {
  return eventType<typeof event>({
    event,
    type: `channel.shield_mode.${name}`,
    version: '1',
    scopes: ['moderator:read:shield_mode', 'moderator:manage:shield_mode'],
    condition: ofModerator,
    read: (fields, channel) => ({ channel, moderator: fields.channel('moderator_user_') }),
  });
}
