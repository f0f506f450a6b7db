/** The code of a system's error, such as `ENOENT`; undefined for anything else that was thrown. */
export function systemCodeOf(error: unknown): string | undefined {
  // No instanceof: under test runners, Node's own errors come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
