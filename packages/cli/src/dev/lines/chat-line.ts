import type { Role } from '@pertybot/core';

/** Who says what, as typed at the prompt of `pertybot dev`. */
export interface ChatLine {
  /** Login of the speaker; undefined for the owner at the prompt. */
  readonly login: string | undefined;
  readonly roles: readonly Role[];
  readonly text: string;
}

/** A line that could not be read. */
export interface LineFault {
  readonly fault: string;
  readonly hint: string;
}

const roleNames: ReadonlyMap<string, Role> = new Map([
  ['sub', 'subscriber'],
  ['subscriber', 'subscriber'],
  ['vip', 'vip'],
  ['mod', 'moderator'],
  ['moderator', 'moderator'],
  ['broadcaster', 'broadcaster'],
  ['streamer', 'broadcaster'],
]);

// A link such as https://… is a text, not a speaker called "https".
const spoken = /^@?([a-z0-9_]+)\s*(?:\[([^\]]*)\])?\s*:(?!\/\/)\s*(.*)$/iu;

/** Twitch takes this many characters in a message. */
const longestText = 500;

/** Reads `!lamp on`, `alice: !lamp on` or `alice[mod, sub]: !lamp on`. */
export function parseChatLine(line: string): ChatLine | LineFault {
  const match = spoken.exec(line);
  const text = (match ? match[3] : line)?.trim() ?? '';
  if (text === '') {
    return { fault: `The line "${line}" says nothing.`, hint: 'Write such as alice: !lamp on.' };
  }
  if ([...text].length > longestText) {
    return {
      fault: `The line has ${[...text].length} characters; Twitch takes ${longestText}.`,
      hint: 'Write a shorter one.',
    };
  }
  if (!match) return { login: undefined, roles: [], text };
  const login = match[1]?.toLowerCase() ?? '';
  if (login.length > 25) {
    return {
      fault: `The name "${login}" is longer than Twitch allows.`,
      hint: 'Take a name of at most 25 letters, digits and underscores.',
    };
  }
  const roles = readRoles(match[2] ?? '');
  return 'fault' in roles ? roles : { login, roles: roles.list, text };
}

/** Reads roles as they are typed in brackets: `mod, sub`. */
export function readRoles(text: string): { readonly list: readonly Role[] } | LineFault {
  const list: Role[] = [];
  for (const word of text.split(',').map((part) => part.trim().toLowerCase())) {
    if (word === '') continue;
    const role = roleNames.get(word);
    if (role === undefined) {
      return {
        fault: `The role "${word}" is unknown.`,
        hint: 'Roles are sub, vip, mod and broadcaster; several are separated by commas.',
      };
    }
    if (!list.includes(role)) list.push(role);
  }
  return { list };
}
