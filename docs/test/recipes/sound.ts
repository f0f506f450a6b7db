import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { definePlugin, v } from '@pertybot/core';

export default definePlugin({
  name: 'sound',
  about: 'Plays sounds by a program such as mpg123',
  config: v.strictObject({
    player: v.pipe(
      v.optional(v.array(v.string()), ['mpg123', '-q']),
      v.description('The program and its words, before the file'),
    ),
    sounds: v.pipe(v.record(v.string(), v.string()), v.description('Files, by their names')),
  }),
  start({ command, signal, log }, { player, sounds }) {
    const [program = '', ...words] = player;
    const names = Object.keys(sounds);
    let isPlaying = false;
    command(
      'sound <name>',
      {
        about: `Plays one of: ${names.join(', ')}`,
        allow: 'subscriber',
        cooldown: { everyone: '10s' },
      },
      async ({ args, reply }) => {
        // Chat chooses a name; the file, and the program, are the owner's.
        const file = Object.hasOwn(sounds, args.name) ? sounds[args.name] : undefined;
        if (file === undefined) return reply(`There are: ${names.join(', ')}`);
        if (isPlaying) return reply('One at a time.');
        isPlaying = true;
        try {
          const child = spawn(program, [...words, file], { signal, stdio: 'ignore' });
          const [code] = await once(child, 'exit');
          if (code !== 0) log.warn(`${program} ended with ${code}.`);
        } finally {
          isPlaying = false;
        }
      },
    );
  },
});
