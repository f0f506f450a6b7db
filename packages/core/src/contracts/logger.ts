import type { InjectionToken } from './injection.js';

/** Severity of a log line, least severe first. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Values that accompany a log line. Secrets never belong here. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where PertyBot and its plugins write what the owner should know. A plugin's logger bears the
 * plugin's name.
 */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}

/** Injection token of the plugin's own {@link Logger}. */
export const Logger: InjectionToken<Logger> = Symbol.for('pertybot.Logger');

/** A logger that drops everything. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
