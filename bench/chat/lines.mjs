// Lines of chat as Twitch writes them: about 456 bytes, 3 % commands, 6 % replies, some emotes.

/** Names of the commands that the bots know: c0 … c99. */
export const commandNames = Array.from({ length: 100 }, (_, index) => `c${index}`);
export const channel = 'bench';

const words =
  'the stream is so good today what a play lol that lamp again please one more time who did this from here hello everybody nice work on wires and pins again maybe tomorrow we see party'.split(
    ' ',
  );
const emotes = [
  { name: 'Kappa', id: '25' },
  { name: 'LUL', id: '425618' },
  { name: 'pertyHype', id: 'emotesv2_4f27a2d1b3c84ee2a6b1d5f0c9e87a63' },
];
const colors = ['#1E90FF', '#FF4500', '#008000', '#8A2BE2', ''];
const badges = [
  '',
  'premium/1',
  'subscriber/12',
  'subscriber/3,premium/1',
  'vip/1,subscriber/24,bits/1000',
  'moderator/1,subscriber/6',
];

/** A small generator of good spread (mulberry32), so that every run and client gets the same lines. */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `count` lines, without their line ends. */
export function createLines(count, seed = 17) {
  const random = createRandom(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const hex = (length) =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const user = () => {
    const number = Math.floor(random() * 3000);
    return { login: `viewer_${number}`, id: 40_000_000 + number, name: `Viewer_${number}` };
  };
  const sentence = () =>
    Array.from({ length: 4 + Math.floor(random() * 13) }, () => pick(words)).join(' ');
  return Array.from({ length: count }, (_, index) => {
    const { login, id, name } = user();
    const kind = random();
    const isCommand = kind < 0.03;
    const isReply = !isCommand && kind < 0.09;
    const hasEmote = !isCommand && random() < 0.25;
    let text = isCommand ? `!${pick(commandNames)} ${pick(words)}` : sentence();
    const emote = pick(emotes);
    if (hasEmote) text = `${emote.name} ${text}${random() < 0.3 ? ' 🎉 café' : ''}`;
    const parent = user();
    if (isReply) text = `@${parent.name} ${text}`;
    const badge = pick(badges);
    const tags = [
      `badge-info=${badge.includes('subscriber') ? 'subscriber/14' : ''}`,
      `badges=${badge}`,
      `client-nonce=${hex(32)}`,
      `color=${pick(colors)}`,
      `display-name=${name}`,
      `emotes=${hasEmote ? `${emote.id}:0-${emote.name.length - 1}` : ''}`,
      'first-msg=0',
      'flags=',
      `id=${uuid()}`,
      `mod=${badge.startsWith('moderator') ? 1 : 0}`,
      ...(isReply
        ? [
            `reply-parent-display-name=${parent.name}`,
            `reply-parent-msg-body=${sentence().replaceAll(' ', '\\s')}`,
            `reply-parent-msg-id=${uuid()}`,
            `reply-parent-user-id=${parent.id}`,
            `reply-parent-user-login=${parent.login}`,
          ]
        : []),
      'returning-chatter=0',
      'room-id=12345678',
      `subscriber=${badge.includes('subscriber') ? 1 : 0}`,
      `tmi-sent-ts=${1_795_000_000_000 + index * 37}`,
      'turbo=0',
      `user-id=${id}`,
      'user-type=',
    ].join(';');
    return `@${tags} :${login}!${login}@${login}.tmi.twitch.tv PRIVMSG #${channel} :${text}`;
  });
}

/** How many of `count` lines of a repeated pool are commands. */
export function countCommands(lines, count) {
  const inPool = lines.map((line) => line.includes(` PRIVMSG #${channel} :!`));
  let commands = 0;
  for (let index = 0; index < count; index++) if (inPool[index % lines.length]) commands++;
  return commands;
}
