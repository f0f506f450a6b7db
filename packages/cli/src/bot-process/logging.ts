import { resolve } from 'node:path';
import type { Logger } from '@pertybot/core';
import type { LogFields, LogLevel } from '@pertybot/core/host';
import { type Logger as PinoLogger, pino } from 'pino';
import { formatLogLine } from '../terminal/pretty-log.js';
import { styleFor } from '../terminal/style.js';
import { createRedactor, secretFields } from './redaction.js';
import { environmentOf } from './secret-values.js';

/** How {@link createLogger} writes. */
export interface LoggingOptions {
  readonly level: LogLevel;
  /** Receives whole lines, each with its line feed. @default stderr */
  readonly write?: (line: string) => void;
  /** Receives the same lines, always as JSON. */
  readonly copy?: ((line: string) => void) | undefined;
  /** Lines for people instead of JSON. @default whether stderr is a terminal */
  readonly pretty?: boolean;
  /** Folder of the bot, whose .env may hold secrets to hide. @default where it was started */
  readonly folder?: string;
  /** Where secret values are looked up, to hide them. @default that .env, and the process's environment */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A logger for people on a terminal, and in JSON lines otherwise; secrets are hidden in both. */
export function createLogger(options: LoggingOptions): Logger {
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  const pretty = options.pretty ?? process.stderr.isTTY === true;
  const folder = resolve(options.folder ?? '.');
  const redact = createRedactor(options.environment ?? environmentOf(folder));
  const style = styleFor({ isTTY: pretty });
  const destination = {
    write: (line: string) => {
      const safe = redact(line);
      options.copy?.(safe);
      write(pretty ? `${formatLogLine(safe, style, folder)}\n` : safe);
    },
  };
  return wrap(
    pino(
      {
        level: options.level,
        base: null,
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }) },
        messageKey: 'message',
        errorKey: 'error',
        redact: {
          paths: secretFields.flatMap((name) => [`["${name}"]`, `*["${name}"]`]),
          censor: '[hidden]',
        },
      },
      destination,
    ),
  );
}

function wrap(logger: PinoLogger): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) =>
      logger[level](fields, message);
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(logger.child(fields)),
  };
}
