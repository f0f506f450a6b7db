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

it('says which output may be on, and which has no guardian', () => {
  const outputs = [
    { gadget: 'lamp', pin: 'GPIO17', on: true, fault: 'The kernel could not write (EIO).' },
    { gadget: 'horn', pin: 'GPIO27', on: false, unguarded: true },
    { gadget: 'fan', pin: 'GPIO22', on: false },
  ];
  const lines = formatStatus({ bot: { ...bot, outputs } }, styleFor({}, {}), now).split('\n');
  expect(lines[1]).toBe(
    '"lamp" (GPIO17) may be on, and is tried again: The kernel could not write (EIO).',
  );
  expect(lines[2]).toBe('No guardian watches over "horn": not switched on until one does.');
});
