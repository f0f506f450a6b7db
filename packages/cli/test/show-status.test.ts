import { expect, it } from '@jest/globals';
import { formatStatus } from '../src/show-status.js';
import { styleFor } from '../src/style.js';

const now = new Date('2026-01-01T12:00:00Z');
const bot = {
  pid: 7,
  command: 'pertybot start',
  since: '2026-01-01T11:00:00Z',
  state: 'ready',
  channels: [
    { channel: 'streamer', joined: true },
    { channel: 'foe', joined: false, problem: 'The bot is banned from the channel.' },
    { channel: 'soon', joined: false },
  ],
  plugins: [],
  gadgets: [],
  outputs: [],
};

function chatLine(environment: Readonly<Record<string, string>>): string | undefined {
  const text = formatStatus({ bot }, styleFor({}, environment), now);
  return text.split('\n').find((line) => line.startsWith('Chat'));
}

it('shows why the bot does not sit in a channel', () => {
  expect(chatLine({})).toBe(
    'Chat     #streamer, #foe (not joined: The bot is banned from the channel), #soon (not joined)',
  );
});

it('shows a channel without the bot in red', () => {
  expect(chatLine({ FORCE_COLOR: '1' })).toContain('\u001b[31m#soon (not joined)\u001b[39m');
});

it('shows how many texts were not said, and why the last one', () => {
  const lines = (unsaid?: { count: number; latest: string }) =>
    formatStatus({ bot: { ...bot, unsaid } }, styleFor({}, {}), now).split('\n');
  expect(lines({ count: 12, latest: 'newer answers came first' })).toContain(
    '         12 texts were not said, the last one: newer answers came first',
  );
  expect(lines({ count: 1, latest: 'the queue is full' })).toContain(
    '         1 text was not said: the queue is full',
  );
  expect(lines().join()).not.toContain('not said');
});
