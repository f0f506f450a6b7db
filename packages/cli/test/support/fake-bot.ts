import type { Bot } from '@pertybot/core/host';
import { BotControl } from '../../src/control/bot-control.js';

/** What a test says of its bot. */
interface FakeParts {
  readonly services?: Readonly<Record<symbol, unknown>>;
  readonly plugins?: readonly object[];
  readonly gadgets?: readonly object[];
  readonly more?: object;
}

/** A bot of values: no plugin runs, and what is done to it is written down. */
export function fakeBot({ services = {}, plugins = [], gadgets = [], more = {} }: FakeParts = {}) {
  const deeds: string[] = [];
  const bot = {
    ...{ state: 'ready', prefix: '!', plugins, hosted: [], refusals: [], redemptions: [] },
    reactions: [],
    gadgets: {
      list: gadgets,
      outputs: [],
      find: (name: string) => gadgets.find((each) => 'name' in each && each.name === name),
    },
    emergencyStop: {
      engaged: undefined,
      hasOutputs: true,
      engage: (by: string) => deeds.push(`stop by ${by}`),
      release: () => deeds.push('release'),
    },
    find: (token: symbol) => services[token],
    restart: async (id: string) => deeds.push(`restart ${id}`),
    ...more,
  };
  // A control asks for no more of a bot than this.
  return { control: new BotControl(bot as unknown as Bot, 'pertybot start'), deeds };
}
