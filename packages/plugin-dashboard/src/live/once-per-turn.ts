/**
 * Reads a clock once in each turn of the event loop, however often it is asked: a hundred lines of chat that come
 * in one packet came at one time.
 */
export function oncePerTurn(read: () => number): () => number {
  let known: number | undefined;
  const forget = () => {
    known = undefined;
  };
  return () => {
    if (known === undefined) {
      known = read();
      setImmediate(forget);
    }
    return known;
  };
}
