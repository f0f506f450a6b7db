import { openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { definePlugin } from '@pertybot/core';
import { SimulatedBoard } from '@pertybot/plugin-gpio';
import { tellMoves } from '../eventsub/moves.mjs';

/** Writes what the simulated pins do to a file where the kernel would be told, as the script does, and notes when. */
export default definePlugin({
  name: 'moves',
  needs: { board: SimulatedBoard },
  start({ board, onStop }) {
    const file = openSync(join(tmpdir(), `pertybot-bench-lamps-${process.pid}`), 'w');
    const moved = tellMoves();
    const stop = board.onChange(({ level }) => {
      writeSync(file, level === 1 ? '1' : '0', 0);
      moved();
    });
    onStop(stop);
  },
});
