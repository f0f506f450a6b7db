import { refusalNames, type Sentence, type Sentences } from '@pertybot/core';

/** What a gadget says when something was done. */
const done = (text: string, about: string): Sentence => ({
  text,
  about,
  knows: ['gadget', 'state', 'value', 'times'],
});

/** A part of another sentence. */
const part = (text: string, about: string, knows: readonly string[] = []): Sentence => ({
  text,
  about,
  knows,
});

/** What was asked and cannot be done, said where no command was called. */
const no = (text: string, about: string): Sentence => ({ text, about, knows: refusalNames });

/** Everything that pins and gadgets say in chat, by key; `replies:` in plugins.yaml changes it. */
export const gpioReplies = {
  estop: no(
    'Emergency stop: everything stays off until the owner releases it.',
    'While everything is stopped.',
  ),
  'pin.chatLost': no(
    'Chat is away: everything stays off until it is back.',
    'While chat is away for too long.',
  ),
  'pin.fault': no('{gadget} has a fault: it could not be switched off.', 'A pin obeys no more.'),
  'pin.unguarded': no(
    '{gadget} stays off: its guardian is missing just now.',
    'The process that ends outputs when the bot dies is missing.',
  ),
  'pin.maxOn': no('{gadget} may be on for at most {time}.', 'The limit maxOn.'),
  'pin.quietHours': no('{gadget} is quiet at this time ({hours}).', 'The limit quietHours.'),
  'pin.clock': no('{gadget} waits until the clock is set.', 'quietHours before the time is known.'),
  'pin.perRun': no(
    '{gadget} has been used {count} times, which is all for now.',
    'The limit perRun.',
  ),
  'pin.minOff': no('{gadget} rests for another {wait}.', 'The limit minOff.'),
  'pin.maxTogglesPerSecond': no(
    '{gadget} cannot switch that fast.',
    'The limit maxTogglesPerSecond.',
  ),
  'pin.flashes': no(
    '{gadget} cannot flash that fast; again in {wait}.',
    'The limit maxTogglesPerSecond of what is dimmed or coloured.',
  ),
  'pin.dutyCycle': no(
    '{gadget} has been on for long enough; again in {wait}.',
    'The limit dutyCycle.',
  ),
  'pin.interlock': no('{gadget} stays off while {other} is on.', 'An interlock.'),
  'pin.deadTime': no('{gadget} waits until {other} has let go.', 'The dead time of an interlock.'),
  'pin.already': no('{gadget} is on already.', 'Points come back: it was on.'),
  'pin.alreadyOff': no('{gadget} is off already.', 'Points come back: it was off.'),
  'pin.dryRun': no('{gadget} is only tried: it stays off.', 'Points come back: mode dry-run.'),
  'pin.limits': no(
    '"pins:" limits {pin} for the plugin "{plugin}", which does not have it.',
    'A plugin lacks the pin for which the owner limits it.',
  ),

  'gadget.busy': no('{gadget} is busy.', 'With busy: refuse, while it does something else.'),
  'gadget.queue': no('{gadget} has enough to do: {count} are waiting.', 'Its queue is full.'),
  'gadget.ended': no('{gadget} was switched off.', 'It was switched off meanwhile.'),
  'gadget.failed': no('{gadget} does not work right now.', 'Its hardware failed.'),
  'gadget.rests': no(
    '{gadget} does not work, and rests; again in {wait}.',
    'Its hardware failed too often.',
  ),
  'gadget.missing': no('There is no "{gadget}" now.', 'A step names a gadget that is not there.'),
  'gadget.crowd': no(
    '{first} was first; {gadget} is free again in {wait}.',
    'With crowd: first, while somebody else has it.',
  ),
  'gadget.verb': no('{gadget} takes {verbs}.', 'A word that it does not know.'),
  'gadget.value': no(
    '{verb} takes {expected}, such as "{verb} {example}".',
    'A value that does not fit its verb.',
  ),
  'gadget.noValue': no('{verb} takes nothing more.', 'A value behind a verb that takes none.'),
  'gadget.reading': no(
    '{gadget} cannot be read: {why}',
    'A thermometer without a reading; {why} is English, for whoever mends it.',
  ),

  'gadget.done': done('{gadget} is {state}', 'It did what was asked, and has no other sentence.'),
  'gadget.blinks': done('{gadget} blinks {times}', 'blink'),
  'gadget.dims': done('{gadget} is dimmed to {value}', 'dim'),
  'gadget.pulses': done('{gadget} pulses {times}', 'pulse'),
  'gadget.beeps': done('{gadget} beeps {times}', 'beep'),
  'gadget.sounds': done('{gadget} sounds {value}', 'pattern'),
  'gadget.plays': done('{gadget} plays {value}', 'play of a buzzer'),
  'gadget.fades': done('{gadget} goes over to {value}', 'fade'),
  'gadget.rainbow': done('{gadget} shows a rainbow', 'rainbow'),
  'gadget.turns': done('{gadget} turns to {value}°', 'angle of a servo'),
  'gadget.sweeps': done('{gadget} sweeps {times}', 'sweep of a servo'),
  'gadget.letGo': done('{gadget} is let go', 'off of a servo'),
  'gadget.begins': done('{gadget} begins', 'play of a sequence'),
  'gadget.ends': done('{gadget} ends', 'off of a sequence'),
  'gadget.place': part(
    '{gadget} is busy; you are number {place} in the queue.',
    'What was asked waits.',
  ),

  'crowd.vote': part(
    'What shall {gadget} do? Say it within {time}, most votes win.',
    'A vote begins.',
    ['user'],
  ),
  'crowd.random': part(
    'What shall {gadget} do? Say it within {time}, a lucky one is drawn.',
    'A draw begins.',
    ['user'],
  ),
  'crowd.won': part('"{line}" wins with {votes} of {voters}: {result}', 'A vote ends.', ['gadget']),
  'crowd.drawn': part('{user} is drawn: {result}', 'A draw ends.', ['gadget', 'line']),
  'crowd.cannot': part('it cannot be done now.', 'Stands for {result}.'),

  'times.once': part('once', 'Stands for {times}.'),
  'times.many': part('{count} times', 'Stands for {times}.'),
  'verbs.or': part('{expected}, {verbs}', 'Stands for {verbs} where a value alone will do, too.'),

  'expected.count': part('a number from {least} to {most}', 'Stands for {expected}.'),
  'expected.time': part('a time such as 10s or 2m', 'Stands for {expected}.'),
  'expected.timeUpTo': part('a time up to {most}', 'Stands for {expected}.'),
  'expected.choice': part('one of {words}', 'Stands for {expected}.'),
  'expected.dots': part('up to 20 dots and dashes such as ..-', 'Stands for {expected}.'),
  'expected.notes': part('up to 20 notes such as c4,e4,g4:2', 'Stands for {expected}.'),
  'expected.color': part('a colour such as purple or #ff8800', 'Stands for {expected}.'),

  'state.on': part('on', 'Stands for {state}.'),
  'state.off': part('off', 'Stands for {state}.'),
  'state.going forward': part('going forward', 'Stands for {state} of a motor.'),
  'state.going backward': part('going backward', 'Stands for {state} of a motor.'),
  'state.stopped': part('stopped', 'Stands for {state} of a motor.'),
  'state.at': part('at {angle}', 'Stands for {state} of a servo.'),
  'state.somewhere': part('somewhere', 'Stands for {state} of a servo that has not moved.'),
  'state.active': part('active', 'Stands for {state} of a sensor without active:.'),
  'state.quiet': part('quiet', 'Stands for {state} of a sensor without quiet:.'),
  'state.playing': part('playing', 'Stands for {state} of a sequence.'),
  'state.idle': part('idle', 'Stands for {state} of a sequence.'),
  'state.unknown': part('unknown', 'Stands for {state} where nobody knows it.'),
  'state.and': part('{first} and {last}', 'Stands for {state} of a group whose members differ.'),
  ...Object.fromEntries(
    [
      ...['red', 'green', 'blue', 'yellow', 'cyan', 'magenta', 'white', 'black', 'orange'],
      ...['purple', 'violet', 'pink', 'turquoise', 'lime', 'gold'],
    ].map((color) => [`state.${color}`, part(color, 'Stands for {state} of an RGB LED.')]),
  ),
} satisfies Sentences;
