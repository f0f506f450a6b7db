import { type EventType, eventType, ofBroadcaster } from './event-type.js';

/** Predictions. */
export const predictionTypes: readonly EventType[] = [
  prediction('predictionBegin', 'begin', 'locks_at'),
  prediction('predictionProgress', 'progress', 'locks_at'),
  prediction('predictionLock', 'lock', 'locked_at'),
  prediction('predictionEnd', 'end', 'ended_at'),
];

function prediction(
  event: 'predictionBegin' | 'predictionProgress' | 'predictionLock' | 'predictionEnd',
  name: string,
  end: string,
): EventType {
  return eventType<typeof event>({
    event,
    type: `channel.prediction.${name}`,
    version: '1',
    scopes: ['channel:read:predictions', 'channel:manage:predictions'],
    condition: ofBroadcaster,
    read(fields, channel) {
      const outcomes = fields.list('outcomes').map((outcome) => ({
        id: outcome.text('id'),
        title: outcome.text('title'),
        users: outcome.count('users'),
        points: outcome.count('channel_points'),
      }));
      const won = fields.optionalText('winning_outcome_id');
      const winner = outcomes.find(({ id }) => id === won)?.title;
      const common = { channel, id: fields.text('id'), title: fields.text('title'), outcomes };
      return {
        ...common,
        endsAt: fields.time(end),
        ...(name === 'end' && { status: fields.text('status') }),
        ...(winner !== undefined && { winner }),
      };
    },
  });
}
