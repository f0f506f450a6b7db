import type { ChatFaults } from '../chat/chat-faults.js';
import { isCloseCode } from '../eventsub/close-codes.js';
import type { EventSubFaults } from '../eventsub/eventsub-faults.js';
import { data, type HelixAnswer, noContent, refused } from '../helix/helix-answer.js';
import type { HelixFaults } from '../helix/helix-faults.js';
import type { EndpointName, IdFaults } from '../id/id-faults.js';

/** The faults of every side. */
export interface AllFaults {
  readonly id: IdFaults;
  readonly helix: HelixFaults;
  readonly eventSub: EventSubFaults;
  readonly chat: ChatFaults;
}

/** `POST /simulator/faults` lets bots in other languages plan what tests plan by `faults`. */
export class FaultControl {
  constructor(private readonly faults: AllFaults) {}

  /** Answers `/simulator/…`; nothing to any other path. */
  answer(method: string, path: string, body: string): HelixAnswer | undefined {
    if (!path.startsWith('/simulator/')) return undefined;
    if (path !== '/simulator/faults') return refused(404, 'There is only /simulator/faults.');
    if (method === 'GET') return data([...plannedNames, ...Object.keys(actionsOf(this.faults))]);
    if (method === 'DELETE') {
      for (const side of Object.values(this.faults)) side.clear();
      return noContent;
    }
    return method === 'POST' ? this.plan(body) : refused(404, 'POST, GET or DELETE it.');
  }

  private plan(body: string): HelixAnswer {
    const wanted = readPlan(body);
    if (typeof wanted === 'string') return refused(400, wanted);
    const { name, fault, times } = wanted;
    const action = Object.entries(actionsOf(this.faults)).find(([each]) => each === name)?.[1];
    if (action !== undefined) {
      const fails = action(fault);
      return fails === undefined ? noContent : refused(400, fails);
    }
    const side = /^(id|helix|eventsub)\.(.+)$/.exec(name);
    const [, where = '', what = ''] = side ?? [];
    const planner = side === null ? undefined : this.planner(where, what);
    if (planner === undefined) {
      const names = [...plannedNames, ...Object.keys(actionsOf(this.faults))].join(', ');
      return refused(400, `There is no fault "${name}". There are ${names}.`);
    }
    if (times === 'always') planner.always(fault);
    else planner.next(fault, times);
    return noContent;
  }

  private planner(where: string, what: string): Planner | undefined {
    const { id, helix, eventSub } = this.faults;
    if (where === 'helix') {
      return {
        next: (fault, times) => helix.next(what, fault, times),
        always: (fault) => helix.always(what, fault),
      };
    }
    if (where === 'id' && isEndpoint(what)) {
      return {
        next: (fault, times) => id.next(what, fault, times),
        always: (fault) => id.always(what, fault),
      };
    }
    if (where === 'eventsub' && (what === 'notification' || what === 'welcome')) {
      return {
        next: (fault, times) => eventSub.next(what, fault, times),
        always: (fault) => eventSub.always(what, fault),
      };
    }
    if (where === 'eventsub' && what === 'upgrade') {
      return {
        next: (fault, times) => eventSub.next(what, toUpgradeFault(fault), times),
        always: (fault) => eventSub.always(what, toUpgradeFault(fault)),
      };
    }
    return undefined;
  }
}

interface Planner {
  next(fault: Fault, times: number): void;
  always(fault: Fault): unknown;
}

type Fault = Readonly<Record<string, unknown>>;

const endpoints: readonly EndpointName[] = [
  'authorize',
  'token',
  'validate',
  'revoke',
  'device',
  'activate',
];

const plannedNames = [
  ...endpoints.map((name) => `id.${name}`),
  'helix.METHOD PATH',
  'helix.*',
  'eventsub.notification',
  'eventsub.welcome',
  'eventsub.upgrade',
];

/** What happens at once; each tells what is wrong with its fault, if anything. */
function actionsOf({
  eventSub,
  chat,
}: AllFaults): Readonly<Record<string, (fault: Fault) => string | undefined>> {
  return {
    'eventsub.drop': ({ code, how = code ?? 'cut' }) => {
      const known = how === 'cut' || how === 'silence' || how === 'freeze' || how === 1000;
      if (known) eventSub.drop(how);
      else if (typeof how === 'number' && isCloseCode(how)) eventSub.drop(how);
      else return 'Give a "code" from 4000 to 4007, or "how": cut, silence or freeze.';
      return undefined;
    },
    'eventsub.keepalives': () => void eventSub.stopKeepalives(),
    'eventsub.reconnect': ({ within, url }) => {
      const time = typeof within === 'number' ? { within } : {};
      eventSub.reconnect({ ...time, url: url === 'bad' ? 'bad' : 'good' });
      return undefined;
    },
    'eventsub.revoke': ({ reason = 'authorization_revoked', type }) => {
      const chosen = typeof type === 'string' ? type : undefined;
      eventSub.revoke(String(reason), chosen);
      return undefined;
    },
    'eventsub.clock': ({ skew }) => {
      if (typeof skew !== 'number') return 'Give the "skew" in milliseconds.';
      eventSub.skewClock(skew);
      return undefined;
    },
    'eventsub.raw': ({ frame }) => {
      if (typeof frame !== 'string') return 'Give the "frame" as text.';
      eventSub.raw(frame);
      return undefined;
    },
    'chat.drop': ({ how }) => void chat.drop(how === 'close' ? 'close' : 'terminate'),
    'chat.silence': () => void chat.silence(),
    'chat.reconnect': () => void chat.reconnect(),
    'chat.duplicate': ({ times = 1 }) => void chat.duplicateNext(Number(times)),
  };
}

function readPlan(
  body: string,
): { readonly name: string; readonly fault: Fault; readonly times: number | 'always' } | string {
  const shape =
    'Send { "name": "helix.POST eventsub/subscriptions", "fault": { "status": 429 }, "times": 1 }.';
  const plan = readObject(body);
  if (plan === undefined || typeof plan.name !== 'string') return shape;
  const { name, fault = {}, times = 1 } = plan;
  if (typeof fault !== 'object' || fault === null || Array.isArray(fault)) return shape;
  if (times === 'always') return { name, fault: { ...fault }, times };
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1) {
    return '"times" is a whole number from 1, or "always".';
  }
  return { name, fault: { ...fault }, times };
}

function readObject(body: string): Fault | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isEndpoint(name: string): name is EndpointName {
  return endpoints.some((each) => each === name);
}

function toUpgradeFault({ how, status }: Fault): 'stall' | 'drop' | { readonly status: number } {
  if (how === 'stall' || how === 'drop') return how;
  return { status: typeof status === 'number' ? status : 503 };
}
