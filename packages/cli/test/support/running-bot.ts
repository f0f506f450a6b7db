import { mkdir } from 'node:fs/promises';
import { MemoryLogger } from '@pertybot/core/testing';
import type { BotStatusReport, ControlRequest } from '../../src/control/control-protocol.js';
import { ControlServer } from '../../src/control/control-server.js';
import type { TestFolder } from './bot-folder.js';

/** What a running bot answers to each question; a question without an answer is an error of the bot's. */
export type Answers = { readonly [ask in ControlRequest['ask']]?: unknown };

/** Lets a folder look as if a bot ran in it: the socket is true, the bot behind it says what it is told to. */
export async function answerAsBot(folder: TestFolder, answers: Answers): Promise<ControlServer> {
  const state = folder.file('.pertybot');
  await mkdir(state, { recursive: true, mode: 0o700 });
  return ControlServer.start(state, new MemoryLogger(), async ({ ask }) => {
    if (answers[ask] === undefined) throw new Error(`The bot was not to be asked for ${ask}.`);
    return answers[ask];
  });
}

/** The status of a bot with nothing in it. */
export function statusReport(more: Partial<BotStatusReport> = {}): BotStatusReport {
  return {
    ...{ pid: 7, command: 'pertybot start', since: '2026-01-01T11:00:00Z', state: 'ready' },
    ...{
      channels: [],
      plugins: [],
      gadgets: [],
      outputs: [],
      rewards: [],
      inputs: [],
      prefix: '!',
    },
    ...more,
  };
}

/** An output as status tells it. */
export function outputReport(
  gadget: string,
  more: Partial<BotStatusReport['outputs'][number]> = {},
): BotStatusReport['outputs'][number] {
  return { gadget, pin: 'GPIO17', on: false, kind: 'output', level: 0, ...more };
}

/** A gadget as status tells it. */
export function gadgetReport(
  name: string,
  more: Partial<BotStatusReport['gadgets'][number]> = {},
): BotStatusReport['gadgets'][number] {
  const still = { state: 'off', busy: false, waiting: 0, verbs: [] };
  return { name, type: 'light', pins: ['GPIO17'], usage: `${name} <on|off>`, ...still, ...more };
}
