// biome-ignore-all assist/source/organizeImports: grouped by who needs it

// The entry of plugins.yaml
export { dashboardPlugin as default } from './dashboard-plugin.js';

// For plugins that add a page
export { type AddedPage, Pages } from './pages.js';
export type { PageRole } from './auth/role.js';

// For the program that runs a bot, or that serves the page of one that does not start
export { type DashboardConfig, dashboardConfigSchema } from './dashboard-config.js';
export { type ServedPage, servePage, type ServePageOptions } from './serve-page.js';
export { type PageKeys, readPageKeys } from './auth/key-file.js';
export { drawLink, makeOneTime } from './auth/one-time-links.js';
export { setPassword, shortestPassword } from './auth/passwords.js';

// Errors
export { DashboardError, type DashboardErrorCode } from './dashboard-error.js';
