import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { messageOf, v } from '@pertybot/core';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { Me } from '../shared/feed.js';
import { addAddedPages, pagesFor } from './added-pages.js';
import { strictHeaders } from './headers.js';
import { reasonsOfIllness } from './health.js';
import { addLogin } from './login-routes.js';
import { formatMetrics } from './metrics.js';
import { addOwnerWishes } from './owner-routes.js';
import type { PageApp, PageEnv } from './page-app.js';
import type { PageDesk } from './page-desk.js';
import { pageFolder, StaticFiles } from './static-files.js';
import { isKey, whoAsks } from './who-asks.js';
import { addWishes } from './wish-routes.js';

/** Bytes of the largest request beside a plugins.yaml. */
const mostBytes = 16_384;

/** Bytes of a request that holds a plugins.yaml. */
const mostFileBytes = 1_048_576;

const filePaths: readonly string[] = ['/api/file', '/api/file/check'];

/** Answers every request but those for streams. */
export async function createApp(
  desk: PageDesk,
  secure: boolean,
): Promise<(request: IncomingMessage, response: ServerResponse) => Promise<void>> {
  const files = await StaticFiles.of(pageFolder());
  const app: PageApp = new Hono<PageEnv>();
  app.use(async (context, next) => {
    context.set('asker', whoAsks(context.env.incoming, desk, secure));
    await next();
    for (const [name, value] of Object.entries(strictHeaders)) context.res.headers.set(name, value);
  });
  app.on('POST', ['/api/*', '/pages/*'], onlyJson, countable, (context, next) => {
    // Nobody else's file is looked at, and so none of it is kept.
    const isFile = filePaths.includes(context.req.path) && context.get('asker').role === 'owner';
    return bodyLimit({ maxSize: isFile ? mostFileBytes : mostBytes })(context, next);
  });
  app.onError((error, context) => {
    // Such as that of a body that is too large.
    if (error instanceof HTTPException) {
      return context.json({ done: false, text: 'This is too much.' }, error.status);
    }
    const isWrong = v.isValiError(error) || error instanceof SyntaxError;
    return context.json({ done: false, text: messageOf(error) }, isWrong ? 400 : 500);
  });
  app.notFound((context) => context.json({ done: false, text: 'There is nothing here.' }, 404));
  addLogin(app, desk, secure);
  addWishes(app, desk);
  addOwnerWishes(app, desk);
  addAddedPages(app, desk);
  addNumbers(app, desk);
  app.get('/api/me', (context) => {
    const { role, limited } = context.get('asker');
    const pages = pagesFor(role, desk).map(({ path, title }) => ({ path, title }));
    const me: Me = {
      role,
      ...(limited && { limited }),
      ...(role && desk.control.rehearsal && { rehearsal: desk.control.rehearsal.examples }),
      pages,
    };
    return context.json(me);
  });
  app.get('*', async (context, next) => {
    const { path } = context.req;
    const name = path === '/' ? 'index.html' : path === '/overlay' ? 'overlay.html' : path.slice(1);
    const file = await files.read(name);
    return file ? context.body(file.body, 200, { 'content-type': file.type }) : next();
  });
  return getRequestListener(app.fetch, { overrideGlobalObjects: false });
}

/** A form of another site can send neither JSON nor say that it does. */
const onlyJson: MiddlewareHandler<PageEnv> = async (context, next) =>
  context.req.header('content-type')?.split(';')[0]?.trim() === 'application/json'
    ? next()
    : context.json({ done: false, text: 'Send JSON.' }, 415);

/** What does not tell its length is counted as it comes, which takes a request of Node's own. */
const countable: MiddlewareHandler<PageEnv> = async (context, next) => {
  const { raw } = context.req;
  if (!raw.headers.has('content-length')) {
    const { url, method, headers, body } = raw;
    const copy = { method, headers, body, duplex: 'half' } as const;
    context.req.raw = new Request(url, copy);
  }
  return next();
};

function addNumbers(app: PageApp, desk: PageDesk): void {
  app.get('/health', async (context) => {
    const reasons = reasonsOfIllness(await desk.control.report());
    const mayKnow =
      context.get('asker').role !== undefined ||
      isKey(context.req.query('key') ?? null, desk.keys.metrics);
    const health = { ok: reasons.length === 0, ...(mayKnow && { reasons }) };
    return context.json(health, health.ok ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    const isKnown = isKey(context.req.query('key') ?? null, desk.keys.metrics);
    if (!isKnown && context.get('asker').role === undefined) return context.text('No key.\n', 401);
    const { rss } = process.memoryUsage();
    const text = formatMetrics(await desk.control.report(), desk.counts, rss);
    return context.body(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
}
