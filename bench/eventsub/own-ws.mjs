// The ws that the plugin has inside; the project's own root depends on none.
import { createRequire } from 'node:module';

const manifest = new URL('../../packages/plugin-eventsub/package.json', import.meta.url);

export const { WebSocket, WebSocketServer } = createRequire(manifest)('ws');
