import { sessionLife } from './sessions.js';

/** A cookie knows no ports: one name for each, so that two bots on a machine do not log each other out. */
function cookieName(port: number): string {
  return `pertybot-${port}`;
}

/** The id of the session in a request. */
export function readCookie(header: string | undefined, port: number): string | undefined {
  const start = `${cookieName(port)}=`;
  const found = header?.split(';').map((part) => part.trim());
  const value = found?.find((part) => part.startsWith(start))?.slice(start.length);
  return value && /^[\w-]{20,100}$/.test(value) ? value : undefined;
}

/** The header that gives a browser the id of a session; without one, that takes it away. */
export function makeCookie(
  id: string | undefined,
  { port, secure }: { readonly port: number; readonly secure: boolean },
): string {
  const life = id === undefined ? 0 : sessionLife / 1_000;
  const flags = `Path=/; Max-Age=${life}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return `${cookieName(port)}=${id ?? ''}; ${flags}`;
}
