import { lateImport } from '@pertybot/core/host';

/** Loads what draws QR codes, by a file of its own in the bundle, too. It may fail, and is then asked again. */
export const loadCodes = lateImport(
  './auth/codes.js',
  (name): Promise<typeof import('./auth/codes.js')> => import(name),
);
