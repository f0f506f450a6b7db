import { describe, expect, it } from '@jest/globals';
import { type AppModule, createAppLoader } from '../src/load-app.js';
import * as app from '../src/server/app.js';
import { Served } from './served.js';

/** Imports as Node.js does, which keeps each failure under its name; the disk fails a few times. */
class KeepingImport {
  readonly names: string[] = [];
  private readonly kept = new Map<string, Promise<AppModule>>();

  constructor(private failures: number) {}

  readonly load = (name: string): Promise<AppModule> => {
    this.names.push(name);
    const kept = this.kept.get(name) ?? this.read();
    this.kept.set(name, kept);
    return kept;
  };

  private async read(): Promise<AppModule> {
    this.failures -= 1;
    if (this.failures >= 0) throw new Error('EMFILE: too many open files');
    return app;
  }
}

describe('the part of the page that comes late', () => {
  it('is loaded by its own name', async () => {
    expect((await createAppLoader()()).createApp).toBeDefined();
    const disk = new KeepingImport(0);
    await createAppLoader(disk.load)();
    expect(disk.names).toEqual(['./server/app.js']);
  });

  it('is there for the next visitor once it can be read, however often it failed', async () => {
    const disk = new KeepingImport(3);
    const served = await Served.start({ loadApp: createAppLoader(disk.load) });
    try {
      for (const status of [500, 500, 500, 200, 200]) {
        expect((await served.send('/health')).status).toBe(status);
      }
      expect(disk.names).toHaveLength(4);
    } finally {
      await served.stop();
    }
  });

  it('is loaded once for a crowd that comes together, and again for the crowd after a failure', async () => {
    const disk = new KeepingImport(1);
    const served = await Served.start({ loadApp: createAppLoader(disk.load) });
    try {
      const crowd = () => Promise.all(Array.from({ length: 8 }, () => served.send('/health')));
      await crowd();
      expect((await crowd()).map(({ status }) => status)).toEqual(Array(8).fill(200));
      expect(disk.names).toHaveLength(2);
    } finally {
      await served.stop();
    }
  });
});
