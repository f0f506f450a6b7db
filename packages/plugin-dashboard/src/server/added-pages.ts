import type { Context } from 'hono';
import { includes, type PageRole } from '../auth/role.js';
import type { AddedPage } from '../pages.js';
import type { PageApp, PageEnv } from './page-app.js';
import type { PageDesk } from './page-desk.js';
import { StaticFiles } from './static-files.js';

/** The pages of plugins that somebody may see. */
export function pagesFor(role: PageRole | undefined, desk: PageDesk): readonly AddedPage[] {
  if (role === undefined) return [];
  return [...desk.pages.values()].filter((page) => includes(role, page.role ?? 'viewer'));
}

/** Serves what plugins add, under the same rules as the rest: sessions, headers, limits. */
export function addAddedPages(app: PageApp, desk: PageDesk): void {
  const pageIn = (context: Context<PageEnv>) =>
    pagesFor(context.get('asker').role, desk).find(
      ({ path }) => path === context.req.param('page'),
    );

  app.get('/pages/:page', async (context, next) => {
    const page = pageIn(context);
    return page ? context.redirect(`/pages/${page.path}/`, 303) : next();
  });
  app.get('/pages/:page/*', async (context, next) => {
    const page = pageIn(context);
    if (page === undefined) return next();
    const rest = context.req.path.slice(`/pages/${page.path}/`.length);
    const file = await (await StaticFiles.of(page.files)).read(rest === '' ? 'index.html' : rest);
    return file ? context.body(file.body, 200, { 'content-type': file.type }) : next();
  });
  app.post('/pages/:page/api/:name', async (context, next) => {
    const page = pageIn(context);
    const { role } = context.get('asker');
    if (page === undefined || role === undefined) return next();
    const { api = {} } = page;
    const name = context.req.param('name');
    const answer = Object.hasOwn(api, name) ? api[name] : undefined;
    if (answer === undefined) return next();
    return context.json({ answer: (await answer(await context.req.json(), role)) ?? null });
  });
}
