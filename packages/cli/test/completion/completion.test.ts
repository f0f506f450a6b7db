import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(60_000);

const shells = ['bash', 'zsh', 'fish'] as const;

let folder: TestFolder;
const scripts = new Map<string, string>();
beforeAll(async () => {
  folder = await makeBotFolder({});
  for (const shell of shells) {
    const { stdout } = await askPertybot(['completion', shell], { folder: folder.path });
    scripts.set(shell, stdout);
  }
});
afterAll(() => folder.remove());

const isThere = (shell: string) => spawnSync(shell, ['--version']).error === undefined;

/** What keeps a shell from reading its owner's settings. */
const bare = { bash: '--norc', zsh: '-f', fish: '--no-config' } as const;

function run(shell: keyof typeof bare, script: string): string[] {
  const { stdout, stderr } = spawnSync(shell, [bare[shell], '-c', script], {
    encoding: 'utf8',
    cwd: folder.path,
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

/** What each shell, where it is installed, offers for a line that ends at the cursor. */
const completers: Readonly<Record<(typeof shells)[number], (line: string) => string[]>> = {
  bash: (line) => {
    const words = line.split(' ');
    const quoted = words.map((word) => `'${word}'`).join(' ');
    return run(
      'bash',
      `${scripts.get('bash')}\nCOMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _pertybot; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
  },
  zsh: (line) => {
    const words = line.split(' ');
    const quoted = words.map((word) => `'${word}'`).join(' ');
    // What the completion system would do with them is not our matter.
    const stubs = `compdef() { }; _files() { print "files $*" }; compadd() { shift; print -l -- "$@" }
      _describe() { local name=\${@[-1]} each; for each in "\${(P@)name}"; do print -r -- "\${each%%:*}"; done }`;
    return run(
      'zsh',
      `${stubs}\n${scripts.get('zsh')}\nwords=(${quoted}); CURRENT=${words.length}; _pertybot`,
    );
  },
  fish: (line) => {
    const script = `${scripts.get('fish')}\ncomplete -C '${line}'`;
    return run('fish', script).map((each) => each.split('\t')[0] ?? '');
  },
};

describe.each(shells.filter((shell) => shell === 'bash' || isThere(shell)))('in %s', (shell) => {
  const complete = completers[shell];

  it('offers the commands', () => {
    expect(complete('pertybot ')).toEqual(
      expect.arrayContaining(['init', 'dev', 'plugins', 'stop']),
    );
  });

  it('offers what goes on behind a word, past flags and their values', () => {
    const offered = complete('pertybot --dir plugins plugins ');
    expect(offered).toEqual(expect.arrayContaining(['add', 'remove', 'verify']));
    expect(offered).not.toContain('dev');
  });

  it('offers the flags of a command, and their values', () => {
    const flags = complete('pertybot estop --');
    expect(flags).toContain('--release');
    // Hidden ones are for programs.
    expect(flags).not.toContain('--dead-bot');
    expect(complete('pertybot init --gadget ').sort()).toEqual([
      'buzzer',
      'light',
      'none',
      'relay',
    ]);
    expect(complete('pertybot init --')).toContain('--no-install');
  });

  it('offers the choices of an argument, and commands behind help', () => {
    expect(complete('pertybot completion ')).toEqual(
      expect.arrayContaining(['bash', 'fish', 'zsh']),
    );
    expect(complete('pertybot help ')).toContain('plugins');
  });
});

describe('pertybot completion', () => {
  it('names every flag of every command for a shell that is not installed, too', () => {
    for (const script of scripts.values()) {
      expect(script).toContain('plugins verify');
      expect(script).toContain('release');
    }
  });

  it('refuses an unknown shell', async () => {
    const { stderr, code } = await askPertybot(['completion', 'tcsh'], { folder: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish');
  });
});
