import type { PollEvent } from '@pertybot/core/host';
import { type EventType, eventType, ofBroadcaster } from './event-type.js';

/** Polls. */
export const pollTypes: readonly EventType[] = [
  poll('pollBegin', 'begin'),
  poll('pollProgress', 'progress'),
  poll('pollEnd', 'end'),
];

function poll(event: 'pollBegin' | 'pollProgress' | 'pollEnd', name: string): EventType {
  return eventType<typeof event>({
    event,
    type: `channel.poll.${name}`,
    version: '1',
    scopes: ['channel:read:polls', 'channel:manage:polls'],
    condition: ofBroadcaster,
    read(fields, channel) {
      const choices = fields.list('choices').map((choice) => ({
        id: choice.text('id'),
        title: choice.text('title'),
        votes: choice.count('votes'),
      }));
      const common = { channel, id: fields.text('id'), title: fields.text('title'), choices };
      if (name !== 'end') return { ...common, endsAt: fields.time('ends_at') };
      const winner = winnerOf(choices);
      return {
        ...common,
        endsAt: fields.time('ended_at'),
        status: fields.text('status'),
        ...(winner !== undefined && { winner }),
      };
    },
  });
}

/** Undefined where nobody voted, or as many did for another. */
function winnerOf(choices: PollEvent['choices']): string | undefined {
  const [first, second] = [...choices].sort((a, b) => b.votes - a.votes);
  return first && first.votes > (second?.votes ?? 0) ? first.title : undefined;
}
