/** How long somebody waits without a word, milliseconds. */
const patience = 1_000;

/** What of a stream shows whether somebody watches it. */
export interface WatchedStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Does `work`, and says on a terminal what goes on when it takes longer than a second. The line goes again
 * when it is done.
 * @param text such as `Asking Twitch`
 */
export async function withProgress<Result>(
  text: string,
  work: () => Promise<Result>,
  stream: WatchedStream = process.stderr,
): Promise<Result> {
  if (stream.isTTY !== true) return work();
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    stream.write(`${text} …`);
  }, patience);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    // Back to the beginning of the line, and clear it.
    if (shown) stream.write('\r\u001b[K');
  }
}
