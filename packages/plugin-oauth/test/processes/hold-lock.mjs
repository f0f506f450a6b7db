// Takes the lock of the folder named as argument, says so, and keeps it until it is killed.
import { ProcessLock } from '../../dist/process-lock.js';

await new ProcessLock('tokens', process.argv[2]).run(async () => {
  console.log('held');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
