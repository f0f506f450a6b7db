// Runs twurple against the simulated Twitch, in a process of its own since it reads its mock mode from the environment.
// What it hears goes to the parent, each event as it came and with what its own getters make of it.
import { ApiClient } from '@twurple/api';
import { getAppToken, StaticAuthProvider } from '@twurple/auth';
import { EventSubWsListener } from '@twurple/eventsub-ws';

const [clientId, token, userId, rewardId] = process.argv.slice(2);
const apiClient = new ApiClient({ authProvider: new StaticAuthProvider(clientId, token) });
const listener = new EventSubWsListener({ apiClient, logger: { minLevel: 'critical' } });

const tell = (message) => process.connected && process.send(message);
const names = new Map();
let open = 0;

listener.onSubscriptionCreateSuccess((subscription) => {
  tell({ kind: 'subscribed', method: names.get(subscription) });
});
listener.onSubscriptionCreateFailure((subscription, error) => {
  tell({ kind: 'refused', method: names.get(subscription), why: String(error.message) });
});
listener.onUserSocketConnect(() => {
  open += 1;
  tell({ kind: 'connected', times: open });
});
listener.onUserSocketDisconnect(() => tell({ kind: 'disconnected' }));
listener.onRevoke((subscription, reason) => {
  tell({ kind: 'revoked', method: names.get(subscription), reason });
});

for (const method of allMethods(listener)) {
  const hear = (event) =>
    tell({ kind: 'event', method, data: getRawData(event), faults: tryGetters(event) });
  const args = Array.from({ length: listener[method].length - 1 }, () => userId);
  if (method.endsWith('ForReward')) args[1] = rewardId;
  try {
    names.set(listener[method](...args, hear), method);
  } catch (error) {
    tell({ kind: 'refused', method, why: String(error.message) });
  }
}
listener.start();
tell({ kind: 'asked', methods: allMethods(listener) });

process.on('message', async (message) => {
  if (message === 'who') {
    const user = await apiClient.users.getUserByName('streamer');
    const rewards = await apiClient.channelPoints.getCustomRewards(userId);
    const app = await getAppToken(clientId, 's3cret');
    const hasApp = app.accessToken !== '';
    tell({
      kind: 'who',
      hasApp,
      id: user?.id,
      type: user?.broadcasterType,
      rewards: rewards.length,
    });
  }
  if (message === 'stop') {
    listener.stop();
    // Its timers would keep it for minutes.
    process.exit();
  }
});

/** Its data objects keep what came behind a symbol. */
function getRawData(event) {
  const [symbol] = Object.getOwnPropertySymbols(event);
  return event[symbol];
}

function allMethods(object) {
  const found = new Set();
  for (let each = object; each !== null; each = Object.getPrototypeOf(each)) {
    for (const name of Object.getOwnPropertyNames(each)) {
      const isLifecycle = /^on(?:Revoke|Subscription[A-Z]|UserSocket|Verify)/.test(name);
      if (/^on[A-Z]/.test(name) && typeof object[name] === 'function' && !isLifecycle) {
        found.add(name);
      }
    }
  }
  return [...found];
}

function tryGetters(event) {
  const faults = [];
  for (let each = event; each !== null; each = Object.getPrototypeOf(each)) {
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(each))) {
      if (get === undefined || name === '__proto__') continue;
      try {
        const value = get.call(event);
        if (value instanceof Date && Number.isNaN(value.getTime())) faults.push(`${name}: no date`);
      } catch (error) {
        faults.push(`${name}: ${error.message}`);
      }
    }
  }
  return faults;
}
