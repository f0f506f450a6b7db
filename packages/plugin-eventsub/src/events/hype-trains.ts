import { type EventType, eventType, ofBroadcaster } from './event-type.js';

/** Hype trains. */
export const hypeTrainTypes: readonly EventType[] = [
  hypeTrain('hypeTrainBegin', 'begin', 'expires_at'),
  hypeTrain('hypeTrainProgress', 'progress', 'expires_at'),
  hypeTrain('hypeTrainEnd', 'end', 'ended_at'),
];

function hypeTrain(
  event: 'hypeTrainBegin' | 'hypeTrainProgress' | 'hypeTrainEnd',
  name: string,
  end: string,
): EventType {
  return eventType<typeof event>({
    event,
    type: `channel.hype_train.${name}`,
    version: '2',
    scopes: ['channel:read:hype_train'],
    condition: ofBroadcaster,
    read: (fields, channel) => ({
      channel,
      id: fields.text('id'),
      kind: fields.optionalText('type') ?? 'regular',
      level: fields.number('level'),
      total: fields.number('total'),
      ...(name !== 'end' && { progress: fields.count('progress'), goal: fields.count('goal') }),
      endsAt: fields.time(end),
    }),
  });
}
