/** Why the server ends a session. */
export type CloseCode = 4000 | 4001 | 4002 | 4003 | 4004 | 4005 | 4006 | 4007;

/** Twitch's words for each close code, and what its subscriptions become. */
export const closeCodes: Readonly<
  Record<CloseCode, { readonly reason: string; readonly status: string }>
> = {
  4000: { reason: 'internal server error', status: 'websocket_internal_error' },
  4001: { reason: 'client sent inbound traffic', status: 'websocket_received_inbound_traffic' },
  4002: { reason: 'client failed ping-pong', status: 'websocket_failed_ping_pong' },
  4003: { reason: 'connection unused', status: 'websocket_connection_unused' },
  4004: { reason: 'client reconnect grace time expired', status: 'websocket_failed_to_reconnect' },
  4005: { reason: 'network timeout', status: 'websocket_network_timeout' },
  4006: { reason: 'network error', status: 'websocket_network_error' },
  4007: { reason: 'invalid reconnect', status: 'websocket_disconnected' },
};

/** What subscriptions become when their socket closed with `code`. */
export function statusAfter(code: number): string {
  const known = Object.entries(closeCodes).find(([each]) => Number(each) === code);
  return known?.[1].status ?? 'websocket_disconnected';
}

/** Whether `code` is one of those with which Twitch ends a session. */
export function isCloseCode(code: number): code is CloseCode {
  return Object.hasOwn(closeCodes, code);
}
