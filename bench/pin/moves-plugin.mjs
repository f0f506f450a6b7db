import { openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { definePlugin } from '@pertybot/core';
import { tellMoves } from '../eventsub/moves.mjs';

/** Writes what the simulated pins do to a file, as the script does, and notes when. */
export default definePlugin({
  name: 'moves',
  start({ on }) {
    const file = openSync(join(tmpdir(), `pertybot-bench-lamps-${process.pid}`), 'w');
    const moved = tellMoves();
    on('pin', ({ on: isOn }) => {
      writeSync(file, isOn ? '1' : '0', 0);
      moved();
    });
  },
});
