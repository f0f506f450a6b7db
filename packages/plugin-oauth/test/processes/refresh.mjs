// Refreshes when told to, as many callers at once as told, and says which tokens they got.
// With "die" it kills itself between Twitch's answer and the write, as kill -9 might.
import { SystemClock, silentLogger } from '@pertybot/core/host';
import { FileTokenStore } from '../../dist/file-token-store.js';
import { LockedTokenRefresher } from '../../dist/locked-token-refresher.js';
import { TwitchIdClient } from '../../dist/twitch-id-client.js';

const { config, folders, die } = JSON.parse(process.argv[2]);

class DyingTokenStore extends FileTokenStore {
  async write() {
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  }
}

const Store = die ? DyingTokenStore : FileTokenStore;
const store = new Store(folders, new SystemClock(), silentLogger);
const refresher = new LockedTokenRefresher(store, new TwitchIdClient(config));

process.on('message', async ({ stale, callers }) => {
  const refreshes = Array.from({ length: callers }, () => refresher.refresh(stale));
  const results = await Promise.all(refreshes);
  process.send({ tokens: results.map((result) => result.grant?.accessToken ?? result.status) });
});
process.send('ready');
