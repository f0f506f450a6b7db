import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import { applyLine, type LeftEntry, parseLine } from '../../src/rewards/journal/journal-entry.js';

/** All kills, spread over bots that run at the same time: few meet each part of a lifetime, CI has 200 more. */
const kills = Number(process.env.KILLS ?? 20);
const lanes = 4;

/** Redemptions between a start and its kill, each with a pin of its own. */
const perKill = 10;

/** Milliseconds in which a redemption comes from its viewer to Twitch's answer. */
const lifetime = 260;

const botFile = fileURLToPath(new URL('../fixtures/kill-bot/bot.mjs', import.meta.url));
const plugin = (name: string) => join(botFile, '..', `${name}.mjs`);
const channel = 'streamer';

/** Milliseconds for which the plugin of the bot switches a pin on. */
const pulse = 30;

/** What a pin did for one viewer. */
interface Movement {
  /** Times that it went on. */
  readonly on: number;
  readonly since: number;
  /** Milliseconds from on to off, 0 where nobody saw it go off. */
  readonly time: number;
}

/** One bot that is killed again and again, and its Twitch. */
class Lane {
  readonly folder = mkdtempSync(join(tmpdir(), 'pertybot-kills-'));
  private child: ChildProcess | undefined;

  private constructor(readonly twitch: TwitchSimulator) {}

  static async make(): Promise<Lane> {
    const twitch = await startTwitchSimulator({ accounts: [{ login: channel, id: '77' }] });
    const lane = new Lane(twitch);
    twitch.channels.goLive({ channel });
    const scopes = ['channel:manage:redemptions'];
    const { accessToken: token } = twitch.id.issueToken({ login: channel, scopes });
    const grant = { token, clientId: 'demo', userId: '77', login: channel, scopes };
    writeFileSync(lane.file('token.json'), JSON.stringify(grant));
    const { apiUrl, eventSubUrl: eventsubUrl } = twitch;
    const entries = [
      { use: plugin('twitch'), config: { token: lane.file('token.json'), channel, said: '' } },
      { use: 'gpio', config: { driver: 'simulated' } },
      { use: 'eventsub', config: { apiUrl, eventsubUrl } },
      { use: plugin('pulse'), config: { record: lane.file('record') } },
    ];
    writeFileSync(lane.file('plugins.yaml'), JSON.stringify({ plugins: entries }));
    return lane;
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  /** Starts the bot; resolves when viewers may redeem. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [botFile, this.folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    const said = once(child.stdout ?? child, 'data').then(([data]) => String(data));
    const gone = once(child, 'exit').then(() => 'it has gone');
    const late = sleep(20_000, 'it never opened its rewards', { ref: false });
    const begun = await Promise.race([said, gone, late]);
    if (begun === 'open\n') return;
    child.kill('SIGKILL');
    throw new Error(`The bot did not start: ${begun}`);
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (!child) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  redeem(viewer: string): void {
    const text = Math.random() < 0.25 ? 'no' : 'yes';
    this.twitch.channels.redeem({ channel, as: { login: viewer }, reward: 'Pulse', text });
  }

  /** How far the journal says that each redemption came. */
  get journal(): readonly LeftEntry[] {
    const open = new Map<string, LeftEntry>();
    for (const text of readFileSync(this.file('.pertybot/redemptions.journal'), 'utf8').split(
      '\n',
    )) {
      const line = parseLine(text);
      if (line) applyLine(open, line);
    }
    return [...open.values()];
  }

  /** How often a pin went on for each viewer, and for how long. */
  movements(): ReadonlyMap<string, Movement> {
    const counts = new Map<string, Movement>();
    const text = existsSync(this.file('record')) ? readFileSync(this.file('record'), 'utf8') : '';
    for (const line of text.split('\n')) {
      const [what, viewer = '', at] = line.split(' ');
      const { on, since, time } = counts.get(viewer) ?? { on: 0, since: 0, time: 0 };
      if (what === 'on') counts.set(viewer, { on: on + 1, since: Number(at), time });
      if (what === 'off') counts.set(viewer, { on, since, time: Number(at) - since });
    }
    return counts;
  }
}

/** What was seen of all kills. */
interface Tally {
  /** Redemptions that a kill left open, by how far the journal says they came. */
  readonly left: Record<'none' | LeftEntry['state'], number>;
  readonly ends: Record<string, number>;
}

async function killAgainAndAgain(lane: Lane, times: number, tally: Tally): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    await lane.start();
    // Each part of a lifetime has its turn.
    const moment = ((round + Math.random()) / times) * lifetime;
    for (let n = 0; n < perKill; n += 1) {
      const viewer = `viewer_${round}_${n}`;
      setTimeout(() => lane.redeem(viewer), Math.random() * moment);
    }
    await sleep(moment + 1);
    await lane.kill('SIGKILL');
    const known = new Map(lane.journal.map(({ id, state }) => [id, state]));
    for (const { id, status } of lane.twitch.channels.redemptions(channel)) {
      if (status === 'UNFULFILLED') tally.left[known.get(id) ?? 'none'] += 1;
    }
  }
}

/** A last bot that nobody kills settles what is left. */
async function settleAll({
  twitch,
  start,
  kill,
}: {
  twitch: TwitchSimulator;
  start(): Promise<void>;
  kill(): Promise<void>;
}) {
  await start();
  const deadline = performance.now() + 15_000;
  const isOpen = () =>
    twitch.channels.redemptions(channel).some(({ status }) => status === 'UNFULFILLED');
  while (isOpen() && performance.now() < deadline) await sleep(20);
  await kill();
}

describe('a bot that is killed between redemption and answer', () => {
  it('never moves twice, leaves nothing open, and refunds nothing that has moved as a whole', async () => {
    const tally: Tally = { left: { none: 0, intent: 0, moved: 0, refund: 0 }, ends: {} };
    const all = await Promise.all(Array.from({ length: lanes }, () => Lane.make()));
    await Promise.all(
      all.map(async (lane) => {
        await killAgainAndAgain(lane, kills / lanes, tally);
        await settleAll({
          twitch: lane.twitch,
          start: () => lane.start(),
          kill: () => lane.kill('SIGTERM'),
        });
      }),
    );
    const wrong: string[] = [];
    for (const lane of all) {
      const movements = lane.movements();
      for (const { user, status } of lane.twitch.channels.redemptions(channel)) {
        const { on = 0, time = 0 } = movements.get(user.login) ?? {};
        const isWhole = time >= pulse;
        const end = `${status} after ${on === 0 ? 'nothing' : isWhole ? 'a whole movement' : 'a part'}`;
        tally.ends[end] = (tally.ends[end] ?? 0) + 1;
        if (on > 1) wrong.push(`${user.login} moved ${on} times`);
        if (status === 'UNFULFILLED') wrong.push(`${user.login} stayed open`);
        if (isWhole && status !== 'FULFILLED') wrong.push(`${user.login} moved, and was refunded`);
      }
      await lane.twitch.stop();
    }
    expect(wrong).toEqual([]);
    const { none, intent, moved } = tally.left;
    // Kills met redemptions before the pin, on the way, and behind it.
    expect({ tally, seen: Math.min(none, intent, moved) > 0 }).toMatchObject({ seen: true });
  }, 600_000);
});
