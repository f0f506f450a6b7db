import { v } from '@pertybot/core';
import { pageRoles } from '../auth/role.js';
import type { AdditionOutcome, BotFileAnswer, Invitation } from '../shared/feed.js';
import { need, type PageApp } from './page-app.js';
import type { PageDesk } from './page-desk.js';
import { isLoopback } from './who-asks.js';
import { asPage, words } from './wish-routes.js';

const pluginSchema = v.object({ plugin: words });
const switchSchema = v.object({ plugin: words, enabled: v.boolean() });
const additionSchema = v.object({
  plugin: v.pipe(words, v.trim(), v.minLength(1)),
  agreed: v.optional(v.pipe(v.string(), v.maxLength(8_000))),
});
const fileSchema = v.object({ text: v.string() });
const saveSchema = v.object({ text: v.string(), was: v.string() });
const invitationSchema = v.object({ role: v.picklist(pageRoles) });
const accountSchema = v.object({
  account: v.picklist(['bot', 'broadcaster']),
  channel: v.optional(words),
});

const notHere = { done: false, text: 'This bot has no such thing.' };

/** What is for the owner alone: what he may ask at his terminal, and no more. */
export function addOwnerWishes(app: PageApp, desk: PageDesk): void {
  addPluginWishes(app, desk);
  addFileWishes(app, desk);
  addLogins(app, desk);

  app.get('/api/keys', need('owner'), (context) => context.json(addressesOf(desk)));
  app.post('/api/keys', need('owner'), async (context) => {
    await desk.revokeKeys();
    return context.json(addressesOf(desk));
  });
  app.post('/api/invite', need('owner'), async (context) => {
    const { role } = v.parse(invitationSchema, await context.req.json());
    const link = desk.link(role);
    const isHere = new URL(link).hostname === 'localhost';
    return context.json({ link, isHere } satisfies Invitation);
  });
}

function addPluginWishes(app: PageApp, { control }: PageDesk): void {
  app.post('/api/restart', need('owner'), async (context) => {
    const { plugin } = v.parse(pluginSchema, await context.req.json());
    return context.json(await asPage(() => control.restart(plugin)));
  });
  app.post('/api/switch', need('owner'), async (context) => {
    const { plugin, enabled } = v.parse(switchSchema, await context.req.json());
    return context.json(await control.file.switch(plugin, enabled));
  });
  app.post('/api/plugins/add', need('owner'), async (context) => {
    const { plugin, agreed } = v.parse(additionSchema, await context.req.json());
    const answer = await asPage(async () => control.plugins?.add(plugin, agreed));
    return context.json((answer ?? notHere) satisfies AdditionOutcome);
  });
  app.post('/api/plugins/remove', need('owner'), async (context) => {
    const { plugin } = v.parse(pluginSchema, await context.req.json());
    return context.json((await asPage(async () => control.plugins?.remove(plugin))) ?? notHere);
  });
}

function addFileWishes(app: PageApp, { control: { file } }: PageDesk): void {
  app.get('/api/file', need('owner'), async (context) => {
    const text = await file.read();
    return context.json({ text, faults: await file.check(text) } satisfies BotFileAnswer);
  });
  app.get('/api/file/schema', need('owner'), async (context) =>
    context.json((await file.schema()) ?? {}),
  );
  app.post('/api/file/check', need('owner'), async (context) => {
    const { text } = v.parse(fileSchema, await context.req.json());
    return context.json({ text, faults: await file.check(text) } satisfies BotFileAnswer);
  });
  app.post('/api/file', need('owner'), async (context) => {
    const { text, was } = v.parse(saveSchema, await context.req.json());
    return context.json(await file.save(text, was));
  });
}

function addLogins(app: PageApp, { control }: PageDesk): void {
  app.get('/api/logins', need('owner'), async (context) =>
    context.json({ logins: (await control.logins?.list()) ?? [] }),
  );
  app.post('/api/logins', need('owner'), async (context) => {
    const account = v.parse(accountSchema, await context.req.json());
    const isHere = isLoopback(context.get('asker').address);
    return context.json((await control.logins?.begin(account, isHere)) ?? notHere);
  });
}

/** Addresses that need no login: they show, and change nothing. */
function addressesOf({ keys }: PageDesk) {
  return {
    overlay: `${keys.address}overlay?key=${keys.overlay}`,
    metrics: `${keys.address}metrics?key=${keys.metrics}`,
  };
}
