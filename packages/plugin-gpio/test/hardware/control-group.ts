import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const root = '/sys/fs/cgroup';
let made = 0;

/** Processes that the kernel limits, freezes and kills as one. */
export class ControlGroup {
  private readonly folder: string;

  constructor() {
    made += 1;
    this.folder = `${root}/bot-${process.pid}-${made}`;
    mkdirSync(this.folder);
  }

  /** The words before a command that is to run in this group. */
  get wrapper(): readonly string[] {
    const join = `echo $$ >${this.folder}/cgroup.procs && exec "$@"`;
    return ['/bin/sh', '-c', join, 'sh'];
  }

  /** The processes, with their names. */
  get processes(): readonly { readonly pid: number; readonly name: string }[] {
    const pids = this.read('cgroup.procs').split('\n').filter(Boolean).map(Number);
    return pids.flatMap((pid) => {
      const name = nameOf(pid);
      return name === undefined ? [] : { pid, name };
    });
  }

  /** The bot's guardians. */
  get guardians(): readonly number[] {
    const guardians = this.processes.filter(({ name }) => name.startsWith('pertybot-guar'));
    return guardians.map(({ pid }) => pid);
  }

  /** The bot's only guardian. */
  get guardian(): number {
    const [pid] = this.guardians;
    const names = this.processes.map(({ name }) => name).join(', ');
    if (pid === undefined) throw new Error(`There is no guardian, only: ${names}.`);
    return pid;
  }

  /** No process or thread may be added; undone by {@link allowProcesses}. */
  refuseProcesses(): void {
    // Less than there are: one that ends makes no room.
    this.write('pids.max', '0');
  }

  allowProcesses(): void {
    this.write('pids.max', 'max');
  }

  /** Kills all of it in one go, as `docker kill` or the kernel out of memory does. */
  async kill(): Promise<void> {
    this.write('cgroup.kill', '1');
    while (this.read('cgroup.events').includes('populated 1')) await sleep(5);
  }

  /** Kills what is left, and takes the group away. */
  async remove(): Promise<void> {
    await this.kill();
    rmdirSync(this.folder);
  }

  private read(file: string): string {
    return readFileSync(`${this.folder}/${file}`, 'utf8').trim();
  }

  private write(file: string, text: string): void {
    writeFileSync(`${this.folder}/${file}`, text);
  }
}

/** What `ps` shows; undefined when it has just ended. */
function nameOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
