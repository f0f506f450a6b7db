import { expect, test } from '@jest/globals';
import { MemoryLogger } from '@pertybot/core/testing';
import type { ConnectionListener } from '../../src/tmi/chat-connection.js';
import { GuardedListener } from '../../src/tmi/guarded-listener.js';
import { RawTags } from '../../src/tmi/irc-tags.js';

const tags = new RawTags('a=1');
const message = { channel: 'c', login: 'x', text: 't', action: false, tags };

function createListener(task: (name: string) => void): ConnectionListener {
  return {
    message: () => task('message'),
    userNotice: () => task('userNotice'),
    notice: () => task('notice'),
    roomState: () => task('roomState'),
    moderation: () => task('moderation'),
    parted: () => task('parted'),
  };
}

function callAll(listener: ConnectionListener): void {
  listener.message(message);
  listener.userNotice({ channel: 'c', id: 'sub', text: '', tags });
  listener.notice({ id: 'x', text: '' });
  listener.roomState('c', tags);
  listener.moderation({ channel: 'c', action: 'clear' });
  listener.parted('c');
}

test('keeps what is thrown to itself, and logs it', () => {
  const log = new MemoryLogger();
  const thrower = createListener((name) => {
    throw new TypeError(name);
  });
  callAll(new GuardedListener(thrower, log));
  expect(log.lines.map(({ fields }) => String(fields.error))).toEqual([
    'TypeError: message',
    'TypeError: userNotice',
    'TypeError: notice',
    'TypeError: roomState',
    'TypeError: moderation',
    'TypeError: parted',
  ]);
});

test('passes nothing on once it is stopped', () => {
  const heard: string[] = [];
  const listener = new GuardedListener(
    createListener((name) => heard.push(name)),
    new MemoryLogger(),
  );
  callAll(listener);
  listener.stop();
  callAll(listener);
  expect(heard).toHaveLength(6);
});
