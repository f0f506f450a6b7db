import type { Plugin } from '../contracts/plugin.js';
import { namesIn, type Sentence, type Sentences, sentenceOf } from '../contracts/replies.js';

/** A sentence that is no refusal: it has the names of its text alone. */
const said = (text: string, about: string, knows: readonly string[] = []): Sentence => ({
  text,
  about,
  knows,
});

/** Everything that core says in chat, by key; `replies:` in plugins.yaml changes it. An empty text says nothing. */
export const defaultReplies: Sentences = {
  arguments: 'Usage: {usage} · for example {example}',
  cooldown: '{command} can be used again in {wait}.',
  role: '{command} is for {allowed}.',
  late: '{command} came too late; say it again.',
  offline: '{command} waits for the stream to be live.',
  fault: '{command} fails at the moment; try again in {wait}.',
  busy: '',
  queue: '',
  stopped: '',
  starting: '',
  stopping: '',
  unknown: '',
  disabled: '',
  help: said('Commands: {commands}', 'What !help answers.'),
  helpNone: said('There are no commands for you.', 'What !help answers to who may use none.'),
  helpCommand: said('{usage} · {about}', 'What !help answers of one command.'),
  helpExample: said('for example {example}', 'Stands for {about} of a command without one.'),
  helpUnknown: said('There is no such command.', 'What !help answers of one that is not there.', [
    'command',
  ]),
  estopDone: said(
    'Emergency stop: everything is off until the owner releases it.',
    'What !estop answers.',
    ['user'],
  ),
  stopDone: said('Stopped.', 'What !stop answers.', ['user']),
  'reward.starting': said('The bot is still starting.', 'Points come back.', ['title']),
  'reward.stopping': said('{title} is being stopped.', 'Points come back.'),
  'reward.unknown': said('There is no such reward now.', 'Points come back.', ['title']),
  'reward.gone': said(
    '{what} is not there now.',
    'Points come back: the plugin or the command is away.',
    ['title'],
  ),
  'reward.disabled': said('{title} is switched off.', 'Points come back.'),
  'reward.role': said('{title} is for {allowed}.', 'Points come back.'),
  'reward.arguments': said('Usage: {usage} · for example {example}', 'Points come back.', [
    'title',
  ]),
  'reward.queue': said('Enough of yours is waiting already.', 'Points come back.', ['title']),
  'reward.full': said('Too much waits for a moderator already.', 'Points come back.', ['title']),
  'reward.stopped': said('Everything was stopped.', 'Points come back.', ['title']),
  'reward.cooldown': said('{title} can be redeemed again in {wait}.', 'Points come back.'),
  'reward.busy': said('Too many of {title} are going on.', 'Points come back.'),
  'reward.fault': said('{title} fails at the moment.', 'Points come back.', ['wait']),
  'reward.offline': said('{title} waits for the stream to be live.', 'Points come back.'),
  'reward.timeout': said('{title} took too long.', 'Points come back.'),
  'reward.withdrawn': said('{title} was settled elsewhere.', 'Points come back.'),
  'reward.cut': said('{title} was cut short.', 'Points come back.'),
  'reward.unmoved': said('Nothing moved.', 'Points come back.', ['title']),
  'reward.unnoted': said(
    'It could not be noted down, so that nothing moves.',
    'Points come back.',
    ['title'],
  ),
  'reward.otherwise': said('{title} cannot be done now.', 'Points come back, and nobody says why.'),
  'approve.waits': said(
    '{title} of {user} waits for a moderator: {command}',
    'Something waits for a yes.',
  ),
  'approve.more': said(
    '{title} of {user} and {count} more wait for a moderator: {command}',
    'Several things wait for a yes.',
  ),
  'approve.done': said('Yes to {title} of {user}.', 'What !approve answers.'),
  'approve.none': said('Nothing of {user} waits.', 'What !approve answers where nothing waits.'),
  'approve.which': said('Say which: {titles}', 'What !approve answers where several things wait.', [
    'user',
  ]),
  'about.approve': said('Says yes to what a viewer has redeemed', 'What !help says of !approve.'),
  'about.help': said('Lists the commands, or explains one', 'What !help says of itself.'),
  'about.estop': said(
    'Switches everything off, until the owner releases it',
    'What !help says of !estop.',
  ),
  'about.stop': said('Ends whatever goes on and switches it off', 'What !help says of !stop.'),
  'allowed.everyone': said('everyone', 'Stands for {allowed}.'),
  'allowed.subscriber': said('subscribers', 'Stands for {allowed}.'),
  'allowed.vip': said('VIPs', 'Stands for {allowed}.'),
  'allowed.moderator': said('moderators', 'Stands for {allowed}.'),
  'allowed.broadcaster': said('the broadcaster', 'Stands for {allowed}.'),
  'allowed.and': said('{first} and {last}', 'Stands for {allowed} of two.'),
  'allowed.list': said('{first}, {last}', 'Stands for {allowed} of several.'),
};

/** The sentences of core and of plugins; where two plugins have a key, the first one's holds. */
export function allSentences(plugins: readonly Pick<Plugin, 'replies'>[]): Sentences {
  const ofPlugins = plugins.map(({ replies }) => replies ?? {}).reverse();
  return Object.assign({}, ...ofPlugins, defaultReplies);
}

/** The names in braces that the sentence of a key may have. */
export function namesOf(sentences: Sentences, key: string): readonly string[] {
  const { text, knows = [] } = sentenceOf(sentences, key) ?? { text: '' };
  return [...new Set([...namesIn(text), ...knows])];
}
