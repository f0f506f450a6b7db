/** Colours of a terminal; each does nothing where colours are not wanted. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
  magenta(text: string): string;
  cyan(text: string): string;
}

/** What of an output stream says whether it shows colours. */
export interface StyledStream {
  readonly isTTY?: boolean | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The colours for `stream`: a terminal has them unless `NO_COLOR` is set (https://no-color.org) or
 * `TERM` is `dumb`; `FORCE_COLOR` gives them to anything.
 */
export function styleFor(stream: StyledStream, environment: Environment = process.env): Style {
  const paint = hasColors(stream, environment) ? wrap : plain;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    blue: paint(34, 39),
    magenta: paint(35, 39),
    cyan: paint(36, 39),
  };
}

function hasColors(stream: StyledStream, environment: Environment): boolean {
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== '') return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}

function wrap(open: number, close: number): (text: string) => string {
  return (text) => `\u001b[${open}m${text}\u001b[${close}m`;
}

function plain(): (text: string) => string {
  return (text) => text;
}

const asIs = plain();

/** No colours, for what is read elsewhere than at a terminal. */
export const plainStyle: Style = {
  bold: asIs,
  dim: asIs,
  red: asIs,
  green: asIs,
  yellow: asIs,
  blue: asIs,
  magenta: asIs,
  cyan: asIs,
};
