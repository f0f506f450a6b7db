import type { ConnectionListener, ServerNotice } from './chat-connection.js';
import type { TmiClient } from './tmi-client.js';
import { TmiTags } from './tmi-tags.js';

type Arguments = readonly unknown[];

/** tmi.js's event for each kind of USERNOTICE, and where its arguments stand. */
const userNotices: Readonly<Record<string, { tags: number; text?: number; channel?: number }>> = {
  subscription: { tags: 4, text: 3 },
  resub: { tags: 4, text: 3 },
  subgift: { tags: 5 },
  anonsubgift: { tags: 4 },
  submysterygift: { tags: 4 },
  anonsubmysterygift: { tags: 3 },
  primepaidupgrade: { tags: 3 },
  giftpaidupgrade: { tags: 3 },
  anongiftpaidupgrade: { tags: 2 },
  raided: { tags: 3 },
  newchatter: { tags: 2, text: 3 },
  ritual: { channel: 1, tags: 3, text: 4 },
  usernotice: { channel: 1, tags: 2, text: 3 },
};

/**
 * Listens to the events of a tmi.js client and turns their arguments into ours.
 * @param listener must not throw: the socket of tmi.js would read no further
 * @param broken is called for each line of chat that lacks its channel, writer or text
 */
export function listenToTmi(
  client: TmiClient,
  listener: ConnectionListener,
  broken: () => void,
): void {
  const on = (event: string, task: (...args: Arguments) => void) => client.on(event, task);
  const hear = (channel: unknown, tags: unknown, text: unknown, self?: unknown): void => {
    const record = toRecord(tags);
    const type = record['message-type'];
    if (self === true || type === 'whisper') return;
    const message = {
      channel: toLogin(channel),
      login: String(record.username ?? ''),
      text: toText(text),
      action: type === 'action',
      tags: new TmiTags(record),
    };
    if (message.channel === '' || message.login === '' || message.text === '') broken();
    else listener.message(message);
  };
  on('message', hear);
  on('cheer', hear);
  for (const [event, place] of Object.entries(userNotices)) {
    on(event, (...args) => {
      const tags = new TmiTags(toRecord(args[place.tags]));
      listener.userNotice({
        channel: toLogin(args[place.channel ?? 0]),
        id: tags.get('msg-id') ?? event,
        text: place.text === undefined ? '' : toText(args[place.text]),
        tags,
      });
    });
  }
  // Of several notices tmi.js makes events of its own, and of some none.
  on('raw_message', (_copy, line) => {
    const notice = toNotice(line);
    if (notice !== undefined) listener.notice(notice);
  });
  on('roomstate', (channel, tags) =>
    listener.roomState(toLogin(channel), new TmiTags(toRecord(tags))),
  );
  on('part', (channel, _login, self) => {
    if (self === true) listener.parted(toLogin(channel));
  });
  on('clearchat', (channel) => listener.moderation({ channel: toLogin(channel), action: 'clear' }));
  on('ban', (channel, login) =>
    listener.moderation({ channel: toLogin(channel), action: 'ban', login: toText(login) }),
  );
  on('timeout', (channel, login, _reason, duration) =>
    listener.moderation({
      channel: toLogin(channel),
      action: 'timeout',
      login: toText(login),
      duration: Number(duration) || 0,
    }),
  );
  on('messagedeleted', (channel, _login, _text, tags) => {
    const deleted = new TmiTags(toRecord(tags));
    listener.moderation({
      channel: toLogin(channel),
      action: 'delete',
      login: deleted.get('login') ?? '',
      messageId: deleted.get('target-msg-id') ?? '',
    });
  });
}

/** The notice that a parsed line is, if it is one that Twitch has named. */
function toNotice(line: unknown): ServerNotice | undefined {
  const { command, params, tags } = toRecord(line);
  const id = toText(toRecord(tags)['msg-id']);
  if (command !== 'NOTICE' || id === '' || !Array.isArray(params)) return undefined;
  const login = toLogin(params[0]);
  const known = login === '*' || login === '' ? {} : { channel: login };
  return { ...known, id, text: toText(params[1]) };
}

function toRecord(tags: unknown): Readonly<Record<string, unknown>> {
  // tmi.js gives objects of tags, whose values are looked at one by one.
  return typeof tags === 'object' && tags !== null ? (tags as Record<string, unknown>) : {};
}

function toLogin(channel: unknown): string {
  const name = toText(channel);
  return name.startsWith('#') ? name.slice(1) : name;
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
