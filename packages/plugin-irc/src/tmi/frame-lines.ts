/** Takes the line that stands in `frame` between two indices. */
export type TakeLine = (frame: string, start: number, end: number) => void;

/**
 * Hands over each line of a WebSocket frame, in order. A line that throws takes none of the others along.
 * @param broken is called for a line that `take` throws on
 */
export function eachLine(frame: string, take: TakeLine, broken: () => void): void {
  let start = 0;
  while (start < frame.length) {
    const end = lineEnd(frame, start);
    if (end > start) {
      try {
        take(frame, start, end);
      } catch {
        broken();
      }
    }
    start = end + 2;
  }
}

const carriageReturn = 13;

/** Index of the next line break. One character is found faster than two. */
function lineEnd(frame: string, start: number): number {
  let feed = frame.indexOf('\n', start);
  while (feed !== -1 && frame.charCodeAt(feed - 1) !== carriageReturn) {
    feed = frame.indexOf('\n', feed + 1);
  }
  return feed === -1 ? frame.length : feed - 1;
}

const bare = /^(?:PING|PONG|RECONNECT)(?: |$)/;

/** Whether a line has the outline of an IRC line that a server sends. */
export function isIrcLine(line: string): boolean {
  const first = line[0];
  if (first === '@' || first === ':') return line.includes(' ');
  return bare.test(line);
}
