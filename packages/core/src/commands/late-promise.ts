/**
 * As `new Promise(work)`, but made when `work` has returned, so that what `work` does at once does not wait for it:
 * Node 20 hands on what work carries for each promise. Where `work` throws, it throws.
 */
export function latePromise<Value>(
  work: (resolve: (value: Value) => void) => void,
): Promise<Value> {
  const early: Value[] = [];
  let settle = (value: Value) => {
    early.push(value);
  };
  work((value) => settle(value));
  return new Promise((resolve) => {
    settle = resolve;
    for (const value of early) resolve(value);
  });
}
