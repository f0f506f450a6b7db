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

/** What a confined process may do beside reading. */
export interface Allowance {
  /** Folders of its own, below which it may write. @default none */
  readonly writable?: readonly string[];
  /** Whether it may start programs and threads, for whom nothing here holds. @default false */
  readonly mayStart?: boolean;
  /** Options that this Node knows. */
  readonly known?: ReadonlySet<string>;
}

/**
 * Options of Node under which plugins are loaded that may write nothing and start nothing. They do not keep them from the
 * network, from reading files, or from what native code does: no package is tried without its owner's yes.
 */
export function confinement(allowance: Allowance = {}): readonly string[] {
  const {
    writable = [],
    mayStart = false,
    known = process.allowedNodeEnvironmentFlags,
  } = allowance;
  const permission = ['--permission', '--experimental-permission'].find((flag) => known.has(flag));
  if (permission === undefined) return [];
  const wanted = ['--allow-addons', '--allow-net'];
  if (mayStart) wanted.push('--allow-child-process', '--allow-worker');
  return [
    permission,
    '--allow-fs-read=*',
    ...writable.map((folder) => `--allow-fs-write=${folder}/*`),
    ...wanted.filter((flag) => known.has(flag)),
    '--no-warnings',
  ];
}
