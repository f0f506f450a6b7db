import type { HttpBindings } from '@hono/node-server';
import type { Hono, MiddlewareHandler } from 'hono';
import { includes, type PageRole } from '../auth/role.js';
import type { Asker } from './who-asks.js';

/** What the routes know of a request. */
export interface PageEnv {
  readonly Bindings: HttpBindings;
  readonly Variables: { asker: Asker };
}

/** Where the routes hang. */
export type PageApp = Hono<PageEnv>;

/** Lets only those through who are at least `role`. */
export function need(role: PageRole): MiddlewareHandler<PageEnv> {
  return async (context, next) => {
    const { role: own, limited } = context.get('asker');
    if (own === undefined) return context.json({ done: false, text: 'Log in first.' }, 401);
    if (includes(own, role)) return next();
    const why = limited ?? `You are ${own}.`;
    return context.json({ done: false, text: `This is for the ${role} alone. ${why}` }, 403);
  };
}
