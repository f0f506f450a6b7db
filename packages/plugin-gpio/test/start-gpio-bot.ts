import { Clock, type Plugin } from '@pertybot/core';
import {
  startTestBot,
  type TestBot,
  type TestBotOptions,
  type TestEntry,
} from '@pertybot/core/testing';
import gpio, { type Level, SimulatedBoard } from '@pertybot/plugin-gpio';

/** A test bot with the gpio plugin on a simulated board. */
export interface GpioBot extends TestBot {
  readonly board: SimulatedBoard;
  /** Every level that a pin has had since the bot started, oldest first. */
  levels(pin: number): readonly number[];
  /** The data of each event of that name. */
  eventsOf(type: string): readonly unknown[];
}

interface GpioBotOptions extends Pick<TestBotOptions, 'folders' | 'replies'> {
  /** Plugins beside gpio. */
  readonly plugins?: readonly (Plugin | TestEntry)[];
  /** Tuning of the gadgets' commands. */
  readonly commands?: TestEntry['commands'];
  /** What plugins.yaml says of its rewards. */
  readonly rewards?: TestEntry['rewards'];
  /** Levels at which inputs are held before the bot comes, by pin. */
  readonly wires?: Readonly<Record<number, Level>>;
}

/** Starts a bot whose gpio entry has `config`. */
export async function startGpioBot(
  config: Record<string, unknown> = {},
  { plugins = [], commands = {}, rewards = {}, wires = {}, ...options }: GpioBotOptions = {},
): Promise<GpioBot> {
  const plugin = Object.keys(wires).length > 0 ? wired(wires) : gpio;
  const own = { plugin, config: { driver: 'simulated', ...config }, commands, rewards };
  const bot = await startTestBot([own, ...plugins], options);
  const current = () => {
    const board = bot.find(SimulatedBoard);
    if (board) return board;
    throw new Error(`The gpio plugin did not start: ${JSON.stringify(bot.log)}`);
  };
  const first = current();
  const begun = first.history.length;
  const levels = (pin: number) =>
    current()
      .history.slice(current() === first ? begun : 0)
      .filter(({ offset }) => offset === pin)
      .map(({ level }) => level);
  const eventsOf = (type: string) =>
    bot.events.filter((event) => event.type === type).map(({ data }) => data);
  // A board of its own for each life of the plugin: the last one when it has stopped.
  let last = first;
  const extras = Object.defineProperty({ levels, eventsOf }, 'board', {
    enumerable: true,
    get: () => {
      last = bot.find(SimulatedBoard) ?? last;
      return last;
    },
  });
  return Object.defineProperties(bot, Object.getOwnPropertyDescriptors(extras)) as GpioBot;
}

/** The gpio plugin with a board that is wired before it starts. */
function wired(wires: NonNullable<GpioBotOptions['wires']>): Plugin {
  return {
    ...gpio,
    register(container, config) {
      gpio.register?.(container, config);
      const board = new SimulatedBoard(container.resolve(Clock));
      for (const [pin, level] of Object.entries(wires)) board.setInput(Number(pin), level);
      container.register(SimulatedBoard, { useValue: board });
    },
  };
}
