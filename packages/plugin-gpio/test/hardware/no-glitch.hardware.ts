import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createDriver } from '../../src/drivers/find-driver.js';
import type { Level } from '../../src/drivers/gpio-driver.js';
import { driveAt, meterFile } from './header-bench.js';

const relay = 17;
/** Milliseconds of claiming and giving back, many thousand times the length of a glitch. */
const duration = 2_000;
/** Milliseconds until a glitch must have been seen: the watcher shares the only processor. */
const patience = 20_000;

/** Looks at the pin without a pause, says when it is low, and at its end how often it looked. */
const watchLows = `
  open(my $pin, '<', $ARGV[0]) or die $!;
  $| = 1; print "watching\\n";
  for (my ($looks, $lows) = (0, 0);;) {
    sysseek($pin, 0, 0); sysread($pin, my $level, 1); $looks++;
    print "low\\n" if $level eq '0' && !$lows++;
    next if $looks % 64;
    my $ready = ''; vec($ready, 0, 1) = 1;
    if (select($ready, undef, undef, 0)) { print "$looks\\n"; exit }
  }
`;

describe.each(['chardev', 'onoff'] as const)('an active-low relay on the %s driver', (name) => {
  afterEach(() => driveAt(relay, 0));

  it('is never switched on by being claimed and given back', async () => {
    const end = performance.now() + duration;
    const said = await claimAndGiveBack(name, 1, () => performance.now() < end);
    expect(said).toEqual(['watching', expect.stringMatching(/^\d{4,}$/)]);
  });

  it(
    'would be seen if it were',
    async () => {
      const said = await claimAndGiveBack(name, 0, (lines) => !lines.includes('low'));
      expect(said.slice(0, 2)).toEqual(['watching', 'low']);
    },
    patience,
  );
});

/** Claims the relay at a level again and again, and resolves to what the watcher said. */
async function claimAndGiveBack(
  name: 'chardev' | 'onoff',
  initial: Level,
  goesOn: (said: readonly string[]) => boolean,
): Promise<readonly string[]> {
  driveAt(relay, 1);
  const driver = await createDriver(name);
  const watcher = spawn('perl', ['-e', watchLows, meterFile(relay)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  watcher.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.push(...text.trim().split('\n'));
  });
  await once(watcher.stdout, 'data');
  while (goesOn(said)) {
    const line = await driver.claimOutput(relay, initial);
    line.release(1);
    await nextTurn();
  }
  watcher.stdin.end();
  await once(watcher, 'close');
  await driver.close();
  return said;
}

/** Lets the watcher's words arrive. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
