/** As whom one may speak where chat is simulated. */
export const speakerRoles = ['broadcaster', 'mod', 'vip', 'sub', 'viewer'] as const;

/** One of {@link speakerRoles}. */
export type SpeakerRole = (typeof speakerRoles)[number];

/** The role of that name; what is none is a viewer. */
export function toSpeakerRole(text: string): SpeakerRole {
  return speakerRoles.find((each) => each === text) ?? 'viewer';
}

interface Spoken {
  readonly text: string;
  readonly name: string;
  readonly as: SpeakerRole;
}

/** Who speaks where nobody is named: the owner of the channel has only one role. */
const anybody = 'alice';

/** A line as the prompt of `pertybot dev` takes it. Nobody named is the owner of the channel. */
export function lineOf({ text, name, as }: Spoken): string {
  const who = toLogin(name) || (as === 'broadcaster' ? '' : anybody);
  if (who === '') return text;
  return as === 'viewer' ? `${who}: ${text}` : `${who}[${as}]: ${text}`;
}

/** What can be let happen: a line, and the group that it belongs to. */
export interface Happening {
  readonly group: 'Viewers' | 'Moderators' | 'The channel';
  readonly line: string;
}

const placeholder = 'REWARD';

/** Those that do something in the examples, and whom one may be instead. */
const viewers = /^(?:alice|bob)(?= )/;

/**
 * The examples of `pertybot dev` for this bot: with its own rewards, and done by whoever is named.
 * @param name of a viewer; empty for those of the examples
 */
export function happeningsOf(
  examples: readonly string[],
  rewards: readonly string[],
  name = '',
): readonly Happening[] {
  const login = toLogin(name);
  return examples.flatMap((example) => {
    const group = viewers.test(example)
      ? 'Viewers'
      : example.startsWith('mod ')
        ? 'Moderators'
        : 'The channel';
    const line = login === '' ? example : example.replace(viewers, login);
    if (!line.includes(placeholder)) return [{ group, line }];
    return rewards.map((title) => ({ group, line: line.replace(placeholder, title) }));
  });
}

function toLogin(name: string): string {
  return name.trim().replace(/^@/, '').toLowerCase();
}
