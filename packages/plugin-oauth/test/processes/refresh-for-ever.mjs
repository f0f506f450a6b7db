// Refreshes again and again until it is killed.
import { SystemClock, silentLogger } from '@pertybot/core/host';
import { FileTokenStore } from '../../dist/token/file-token-store.js';
import { LockedTokenRefresher } from '../../dist/token/token-refresher.js';
import { TwitchIdClient } from '../../dist/twitch/twitch-id-client.js';

const bot = { account: 'bot' };

const { config, folders } = JSON.parse(process.argv[2]);
const store = new FileTokenStore(folders, new SystemClock(), silentLogger);
const refresher = new LockedTokenRefresher(store, new TwitchIdClient(config));
let grant = await store.read(bot);
process.send('ready');
for (;;) ({ grant } = await refresher.refresh(bot, grant.accessToken));
