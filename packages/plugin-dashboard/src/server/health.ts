import type { BotReport } from '@pertybot/core/host';

/** Why the bot is not well; empty where it is. */
export function reasonsOfIllness(report: BotReport): readonly string[] {
  const { state, plugins, channels, outputs, estop } = report;
  return [
    ...(state === 'ready' ? [] : [`the bot is ${state}`]),
    ...plugins
      .filter((plugin) => ['failed', 'restarting', 'waiting'].includes(plugin.state))
      .map(({ id, state: at, detail }) => `${id} is ${at}${detail ? `: ${detail}` : ''}`),
    ...channels
      .filter(({ joined }) => !joined)
      .map(({ channel, problem }) => `not in #${channel}${problem ? `: ${problem}` : ''}`),
    ...outputs.flatMap(({ gadget, fault }) => (fault ? [`${gadget} may be on: ${fault}`] : [])),
    ...(estop === undefined ? [] : [`everything is stopped by ${estop}`]),
  ];
}
