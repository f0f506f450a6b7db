import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const program = 'packages/plugin-gpio/test/hardware/fixtures/demo-bot.mjs';

/** The demo bot as a process of its own. */
export interface DemoBot {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  /** Says a line in the bot's channel, as a viewer. */
  chat(text: string): void;
}

/**
 * Starts the demo bot on the pins of this kernel.
 * @param stateFolder where it keeps its token and its list of outputs
 * @returns the bot when it sits in chat
 */
export async function startDemoBot(driver: string, stateFolder: string): Promise<DemoBot> {
  const bot = spawn(process.execPath, [program, driver, stateFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: bot.stdout })) {
    if (line === 'ready') break;
    console.error(`demo bot: ${line}`);
  }
  bot.stdout.resume();
  return { process: bot, chat: (text) => void bot.stdin.write(`${text}\n`) };
}
