import { v } from '@pertybot/core';
import type { Context } from 'hono';
import { makeCookie } from '../auth/cookie.js';
import { roleOfPassword } from '../auth/passwords.js';
import type { PageRole } from '../auth/role.js';
import type { PageApp, PageEnv } from './page-app.js';
import type { PageDesk } from './page-desk.js';

const passwordSchema = v.object({ password: v.string() });

/** Lets people in and out. */
export function addLogin(app: PageApp, desk: PageDesk, secure: boolean): void {
  /** Under a new id, whatever id the browser came with: one that somebody gave it is worth nothing. */
  const letIn = async (context: Context<PageEnv>, role: PageRole) => {
    await desk.sessions.end(context.get('asker').session);
    giveCookie(context, await desk.sessions.begin(role));
  };
  const giveCookie = (context: Context<PageEnv>, id: string | undefined) => {
    const port = context.env.incoming.socket.localPort ?? 0;
    context.header('set-cookie', makeCookie(id, { port, secure }));
  };

  app.get('/login', async (context) => {
    // Its signature cannot be guessed. If wrong ones counted, any page could make the owner wait by sending him here.
    const role = desk.takeLink(context.req.query('once') ?? '');
    if (role === undefined) return context.redirect('/?link=spent', 303);
    await letIn(context, role);
    return context.redirect('/', 303);
  });

  app.post('/api/login', async (context) => {
    const { address } = context.get('asker');
    const wait = desk.attempts.wait(address);
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1_000);
      const text = `Too many wrong passwords. Try again in ${seconds} s.`;
      return context.json({ done: false, text }, 429, { 'retry-after': String(seconds) });
    }
    desk.attempts.begin(address);
    const { password } = v.parse(passwordSchema, await context.req.json());
    const role = await roleOfPassword(desk.stateFolder, password);
    if (role === undefined) {
      return context.json({ done: false, text: 'That is not the password.' }, 401);
    }
    desk.attempts.succeed(address);
    await letIn(context, role);
    return context.json({ done: true, text: `You are ${role}.` });
  });

  app.post('/api/logout', async (context) => {
    await desk.sessions.end(context.get('asker').session);
    giveCookie(context, undefined);
    return context.json({ done: true, text: 'Logged out.' });
  });
}
