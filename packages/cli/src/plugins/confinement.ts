/** What a program needs to run at all. What else the owner's shell has, secrets above all, is not for plugins. */
const harmless = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'USERPROFILE',
];

/** The environment of a process in which a plugin is tried. */
export function bareEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(
    harmless.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * Options of Node under which plugins are loaded that may start nothing, and write nothing but below one folder. They do not keep it from the
 * network, from reading files, or from what native code does: no plugin is tried without its owner's yes.
 * @param known options that this Node knows
 * @param writable a folder of their own; none without
 */
export function confinement(
  known: ReadonlySet<string> = process.allowedNodeEnvironmentFlags,
  writable?: string,
): readonly string[] {
  const permission = ['--permission', '--experimental-permission'].find((flag) => known.has(flag));
  if (permission === undefined) return [];
  const addons = known.has('--allow-addons') ? ['--allow-addons'] : [];
  const network = known.has('--allow-net') ? ['--allow-net'] : [];
  const writes = writable === undefined ? [] : [`--allow-fs-write=${writable}/*`];
  return [permission, '--allow-fs-read=*', ...writes, ...addons, ...network, '--no-warnings'];
}
