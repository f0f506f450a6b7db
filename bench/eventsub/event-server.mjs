// The least of Twitch that a client of EventSub needs: welcome, subscription, notifications.
import { createServer } from 'node:http';
import { WebSocketServer } from './own-ws.mjs';

/** A server on a free port. */
export async function startEventServer() {
  const http = createServer(answer);
  const sockets = new WebSocketServer({ server: http });
  let onSubscribed = () => {};
  let socket;
  let subscription;
  let count = 0;

  function send(message_type, payload, metadata = {}) {
    count += 1;
    const message_timestamp = new Date().toISOString().replace('Z', '123456Z');
    const message_id = `${count}-c5e6-4d3a-9b0f-bench`;
    const frame = {
      metadata: { message_id, message_type, message_timestamp, ...metadata },
      payload,
    };
    socket.send(JSON.stringify(frame));
  }

  function answer(request, response) {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      if (request.method !== 'POST') {
        response.writeHead(204).end();
        return;
      }
      subscription = { ...JSON.parse(body), id: 'bench', status: 'enabled', cost: 0 };
      response.writeHead(202).end(JSON.stringify({ data: [subscription], total: 1 }));
      onSubscribed();
    });
  }

  sockets.on('connection', (connected) => {
    socket = connected;
    send('session_welcome', {
      session: { id: `session-${count}`, status: 'connected', keepalive_timeout_seconds: 600 },
    });
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));

  return {
    port: http.address().port,
    /** Resolves when a client has subscribed. */
    subscribed: () =>
      new Promise((resolve) => {
        onSubscribed = resolve;
      }),
    /** Tells of a follow, with all that Twitch sends with it. */
    follow() {
      const condition = { broadcaster_user_id: '1', moderator_user_id: '1' };
      send(
        'notification',
        {
          subscription: { ...subscription, condition, created_at: new Date().toISOString() },
          event: {
            user_id: '42',
            user_login: 'alice',
            user_name: 'Alice',
            broadcaster_user_id: '1',
            broadcaster_user_login: 'bench',
            broadcaster_user_name: 'Bench',
            followed_at: '2026-01-01T12:00:00.123456789Z',
          },
        },
        { subscription_type: 'channel.follow', subscription_version: '2' },
      );
    },
    stop() {
      socket?.terminate();
      http.closeAllConnections();
      http.close();
    },
  };
}
