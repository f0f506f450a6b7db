import { type Stats, statSync } from 'node:fs';
import type { FSWatcher } from 'chokidar';

/** What {@link WatchedFiles} stands on. */
interface WatchedFilesOptions {
  readonly watch: (files: readonly string[]) => FSWatcher;
  /** What is to be watched, as it is now; some of it may not be there. */
  readonly files: () => readonly string[];
  /** Those of them that may come from a folder which is not there, either. */
  readonly deep: () => readonly string[];
  /** @param file absent where nobody knows which one */
  readonly changed: (file?: string) => void;
  readonly onError: (error: unknown) => void;
  /** Milliseconds in which several writes are one change. */
  readonly quiet: number;
}

/**
 * Tells of each change of some files. A watcher loses what was deleted together with its folder, as when another
 * branch is checked out: so there is a new one for what came back, and what is gone is looked for.
 */
export class WatchedFiles {
  private watcher: FSWatcher | undefined;
  private look: NodeJS.Timeout | undefined;
  private search: NodeJS.Timeout | undefined;
  /** Whether something was deleted since the watcher began. */
  private hasLost = false;
  private hasChanged = false;
  private ended = false;

  constructor(private readonly options: WatchedFilesOptions) {}

  /** Resolves when all are watched. */
  async open(): Promise<void> {
    const { watch, files, onError, quiet } = this.options;
    const before = files().map(stateOf);
    const watcher = watch(files());
    this.watcher = watcher;
    this.hasLost = false;
    this.hasChanged = false;
    watcher.on('all', (event, file) => {
      if (event === 'unlink' || event === 'unlinkDir') this.hasLost = true;
      this.change(file);
    });
    watcher.on('error', onError);
    await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
    if (this.ended) return;
    // It says so a moment before it watches all of them.
    this.look = setTimeout(() => {
      const isSame = ({ file, text }: FileState) => stateOf(file).text === text;
      if (!this.hasChanged && !before.every(isSame)) this.change();
    }, quiet);
  }

  /** Watches what is new among them. */
  add(): void {
    // A closed watcher would open anew.
    if (!this.ended) this.watcher?.add([...this.options.files()]);
  }

  /** Watches what is new among them, and what came back. */
  async renew(): Promise<void> {
    if (this.ended) return;
    clearTimeout(this.search);
    this.add();
    if (this.hasLost) {
      clearTimeout(this.look);
      await this.watcher?.close();
      if (this.ended) return;
      await this.open();
    }
    this.searchFor(this.options.deep().filter(isGone));
  }

  async close(): Promise<void> {
    this.ended = true;
    clearTimeout(this.look);
    clearTimeout(this.search);
    await this.watcher?.close();
  }

  private change(file?: string): void {
    this.hasChanged = true;
    this.options.changed(file);
  }

  private searchFor(gone: readonly string[]): void {
    if (gone.length === 0 || this.ended) return;
    this.search = setTimeout(() => {
      if (gone.every(isGone)) return this.searchFor(gone);
      this.hasLost = true;
      this.change();
    }, 5 * this.options.quiet).unref();
  }
}

/** What of a file changes with it. */
interface FileState {
  readonly file: string;
  readonly text: string;
}

function stateOf(file: string): FileState {
  const found = lookAt(file);
  return { file, text: found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeMs}` };
}

function isGone(file: string): boolean {
  return lookAt(file)?.isFile() !== true;
}

/** @returns undefined for what is not there, or may not be looked at */
function lookAt(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}
