import WebSocket from 'ws';
import type { TmiClient } from './tmi-client.js';

/**
 * Makes a tmi.js client open its socket by the package `ws`. By itself it takes the WebSocket that
 * Node.js 22 and newer bring, which cannot be cut off and does not say why it failed.
 */
export function openByWs(client: TmiClient, url: string): void {
  const open = client._openConnection;
  if (typeof open !== 'function') return;
  client._openConnection = () => {
    const { _onOpen, _onMessage, _onError, _onClose } = client;
    if (!(_onOpen && _onMessage && _onError && _onClose)) {
      open.call(client);
      return;
    }
    // What is no UTF-8 becomes a replacement character in the text, and is none of the bot's business.
    const ws = new WebSocket(url, 'irc', { skipUTF8Validation: true });
    const take = _onMessage.bind(client);
    ws.onopen = () => _onOpen.call(client);
    // Its `onmessage` would make an event object for each frame.
    ws.on('message', (data, isBinary) => take({ data: isBinary ? data : data.toString() }));
    ws.onerror = (event) => _onError.call(client, event);
    ws.onclose = () => _onClose.call(client);
    Object.assign(client, { ws });
  };
}
