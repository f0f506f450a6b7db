// What every client of the bench does beside being one: it notes when its pin moved, and tells the parent.

/** @returns what is to be called when the pin has moved */
export function tellMoves() {
  const times = [];
  process.on('message', ({ type }) => {
    if (type === 'moves') process.send({ type: 'moves', times: times.splice(0) });
  });
  process.on('disconnect', () => process.exit());
  return () => times.push(Number(process.hrtime.bigint()) / 1e6);
}
