import { describe, expect, it } from '@jest/globals';
import { formatDevHelp } from '../../../src/dev/lines/dev-help.js';
import { styleFor } from '../../../src/terminal/style.js';

const command = (name: string, usage: string, enabled = true) => ({
  name,
  ownName: name,
  usage,
  enabled,
  aliases: [],
  about: `about ${name}`,
  allow: 'everyone' as const,
  cooldown: { user: 0, channel: 0, everyone: 0, byRole: {} },
  plugin: 'gpio',
});

describe('formatDevHelp', () => {
  const help = formatDevHelp(
    {
      prefix: '!',
      speaker: 'streamer',
      buttons: ['panic'],
      commands: [
        command('estop', 'estop'),
        command('horn', 'horn [verb:beep|on] [value:count]'),
        command('help', 'help [command]'),
        command('lamp', 'lamp <state:on|off> [for:duration]'),
        command('gone', 'gone', false),
      ],
    },
    { style: styleFor({}, {}), columns: undefined },
  );

  it('shows how to speak, with a command of this bot', () => {
    expect(help).toMatch(/^ {2}!lamp on +says it as streamer, the broadcaster$/m);
    expect(help).toMatch(/^ {2}alice\[mod\]: !lamp on +as a moderator/m);
  });

  it('lists the commands in use, without the types of their arguments', () => {
    expect(help).toMatch(/^ {2}!lamp <on\|off> \[for\] +about lamp$/m);
    expect(help).not.toContain('gone');
  });

  it('names the buttons of the board', () => {
    expect(help).toMatch(/^ {2}press panic +presses the button$/m);
  });

  it('names what stops everything last', () => {
    expect(help.indexOf('!lamp <')).toBeLessThan(help.indexOf('!help'));
    expect(help.indexOf('!help')).toBeLessThan(help.indexOf('!estop'));
  });

  it.each(['alice cheers 100', 'bob raids 50', 'mod times out bob 60'])('shows %s', (line) => {
    expect(help).toMatch(new RegExp(`^ {2}${line} `, 'm'));
  });

  it('has an example where a bot has no command but help', () => {
    const topics = { prefix: '!', speaker: 'x', buttons: [], commands: [] };
    expect(formatDevHelp(topics, { style: styleFor({}, {}), columns: undefined })).toContain(
      '!help',
    );
  });

  it.each([60, 80])('breaks no word at the edge of %i columns', (columns) => {
    const usage = 'lamp <state:on|off> [for:duration]';
    const about = 'An LED or a lamp that shines for as long as somebody wants it to shine';
    const topics = {
      prefix: '!',
      speaker: 'streamer',
      buttons: [],
      commands: [{ ...command('lamp', usage), about }],
    };
    const paper = { style: styleFor({}, {}), columns };
    const lines = formatDevHelp(topics, paper).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    const words = (text: string) => text.split(/\s+/).join(' ');
    const whole = formatDevHelp(topics, { ...paper, columns: undefined });
    expect(words(lines.join('\n'))).toBe(words(whole));
  });
});
