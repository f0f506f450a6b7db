import type { Socket } from 'node:net';
import { join } from 'node:path';
import { v } from '@pertybot/core';
import { parseJson } from '@pertybot/core/host';
import { CliError } from '../terminal/cli-error.js';
import { connectTo, findControlAddress } from './control-address.js';
import {
  type ControlRequest,
  controlAnswerSchema,
  outcomeSchema,
  reactionsSchema,
  refusalsSchema,
  statusSchema,
} from './control-protocol.js';

const answerSchemas = {
  status: statusSchema,
  say: outcomeSchema,
  estop: outcomeSchema,
  gadget: outcomeSchema,
  restart: outcomeSchema,
  refusals: refusalsSchema,
  reactions: reactionsSchema,
};

type Answers = { [ask in keyof typeof answerSchemas]: v.InferOutput<(typeof answerSchemas)[ask]> };

/** How long the bot may take to answer, milliseconds: a reply may wait for its turn in chat. */
export const answerLimit = 10_000;

/** Longest answer, bytes: far more than the status of the largest bot. */
const longestAnswer = 4_194_304;

/**
 * Asks the running bot of a folder: the one of `pertybot start`, else the one of `pertybot dev`.
 * @param limit how long it may take to answer, milliseconds
 * @throws CliError CLI_BOT_NOT_RUNNING when there is none, CLI_BOT_REFUSED when it cannot do it,
 * CLI_BOT_SILENT when it does not answer
 */
export async function askBot<Request extends ControlRequest>(
  folder: string,
  request: Request,
  limit = answerLimit,
): Promise<Answers[Request['ask']]> {
  for (const state of [join(folder, '.pertybot'), join(folder, '.pertybot', 'dev')]) {
    const address = await findControlAddress(state);
    const answer = address === undefined ? undefined : await exchange(address, request, limit);
    // The schema of the very question that was asked.
    if (answer !== undefined) return read(request.ask, answer) as Answers[Request['ask']];
  }
  throw new CliError('CLI_BOT_NOT_RUNNING', `No bot runs in "${folder}".`, {
    hint: 'Start it with pertybot start or pertybot dev, or name its folder with --dir.',
  });
}

function read(ask: ControlRequest['ask'], line: string): unknown {
  const answer = v.safeParse(controlAnswerSchema, parseJson(line));
  if (answer.success && 'error' in answer.output) {
    throw new CliError('CLI_BOT_REFUSED', answer.output.error);
  }
  const given = answer.success && 'answer' in answer.output ? answer.output.answer : undefined;
  const value = v.safeParse(answerSchemas[ask], given);
  if (value.success) return value.output;
  throw new CliError('CLI_BOT_REFUSED', 'The running bot gave an answer that makes no sense.', {
    hint: 'It may be another version of PertyBot: restart it.',
  });
}

/** @returns undefined when nobody listens there */
async function exchange(
  address: string,
  request: ControlRequest,
  limit: number,
): Promise<string | undefined> {
  const socket = await connectTo(address);
  if (socket === undefined) return undefined;
  const timer = setTimeout(() => socket.destroy(new Error('timeout')), limit);
  socket.write(`${JSON.stringify(request)}\n`);
  try {
    return await readAll(socket);
  } catch (cause) {
    const seconds = limit / 1_000;
    throw new CliError('CLI_BOT_SILENT', `The running bot did not answer within ${seconds} s.`, {
      hint: 'Try again, or restart it.',
      cause,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function readAll(socket: Socket): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of socket) {
    size += part.length;
    if (size > longestAnswer) throw new Error('The answer is too long.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Requests that are answered by what became of them. */
type Deed = Extract<ControlRequest, { ask: 'say' | 'estop' | 'gadget' | 'restart' }>;

/**
 * Has the running bot do something.
 * @returns what it says of it
 * @throws CliError CLI_BOT_REFUSED when it did not do it
 */
export async function request(folder: string, deed: Deed): Promise<string> {
  const { done, text } = await askBot(folder, deed);
  if (!done) throw new CliError('CLI_BOT_REFUSED', text);
  return text;
}
