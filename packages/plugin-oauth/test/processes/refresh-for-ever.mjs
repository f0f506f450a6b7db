// Refreshes again and again until it is killed.
import { SystemClock, silentLogger } from '@pertybot/core/host';
import { FileTokenStore } from '../../dist/file-token-store.js';
import { LockedTokenRefresher } from '../../dist/locked-token-refresher.js';
import { TwitchIdClient } from '../../dist/twitch-id-client.js';

const { config, folders } = JSON.parse(process.argv[2]);
const store = new FileTokenStore(folders, new SystemClock(), silentLogger);
const refresher = new LockedTokenRefresher(store, new TwitchIdClient(config));
let grant = await store.read();
process.send('ready');
for (;;) ({ grant } = await refresher.refresh(grant.accessToken));
