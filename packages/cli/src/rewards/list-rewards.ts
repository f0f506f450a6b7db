import { askBot } from '../control/control-client.js';
import type { RewardReport } from '../control/control-protocol.js';
import { type Style, styleFor } from '../terminal/style.js';
import { textWidth, toPlainText } from '../terminal/text.js';

/**
 * The rewards of the running bot, for people or as JSON.
 * @throws CliError CLI_BOT_NOT_RUNNING
 */
export async function listRewards(folder: string, json: boolean): Promise<string> {
  const rewards = await askBot(folder, { ask: 'rewards' });
  if (json) return JSON.stringify(rewards, undefined, 2);
  return formatRewards(rewards, styleFor(process.stdout));
}

const states = {
  open: 'open',
  paused: 'paused',
  missing: 'not on Twitch',
  coming: 'not yet there',
};

/** A line for each reward: `Confetti  500  open  confetti`, and why one is not open below it. */
export function formatRewards(rewards: RewardReport, style: Style): string {
  if (rewards.length === 0) {
    return 'The bot has no rewards. Add some under "rewards:" in plugins.yaml, and the eventsub plugin.';
  }
  const channels = new Set(rewards.map(({ channel }) => channel));
  const rows = rewards.map((reward) => {
    const where = channels.size > 1 ? `#${reward.channel} ` : '';
    const title = `${where}${toPlainText(reward.title)}`;
    return { ...reward, cells: [title, String(reward.cost), stateOf(reward)] };
  });
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map(({ cells }) => textWidth(cells[column] ?? ''))),
  );
  return rows
    .flatMap(({ cells, state, runs, why, hint }) => {
      const padded = cells.map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - textWidth(cell));
        return column === 1 ? space + cell : cell + space;
      });
      const line = `${padded.join('  ')}  ${style.dim(toPlainText(runs))}`;
      if (state === 'open' || why === undefined) return [line];
      const reason = [why, hint].filter((text) => text !== undefined).join(' ');
      return [line, `  ${(state === 'missing' ? style.red : style.yellow)(toPlainText(reason))}`];
    })
    .join('\n');
}

function stateOf({ state, redemptions }: RewardReport[number]): string {
  if (redemptions === 0) return states[state];
  return `${states[state]}, ${redemptions} under way`;
}
