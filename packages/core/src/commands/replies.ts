import type { Sentence, Sentences } from '../contracts/replies.js';

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
