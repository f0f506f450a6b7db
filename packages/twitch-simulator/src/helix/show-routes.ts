import { adBreak, raidOut } from '../channels/announcements.js';
import type { ChannelWorld } from '../channels/channel-world.js';
import type { Running } from '../channels/running.js';
import { toTwitchTime } from '../twitch-time.js';
import { placeOf } from './chat-routes.js';
import { data, type HelixAnswer, refused } from './helix-answer.js';
import type { HelixCall, Route, Routes } from './helix-call.js';

/** `hypetrain/status`, `polls`, `predictions`, `raids`, advertisements, markers and power-ups. */
export function showRoutes(world: ChannelWorld, running: Running): Routes {
  const own = (scopes: readonly string[], handle: Route['handle']): Route => ({
    scopes,
    own: 'broadcaster_id',
    handle,
  });
  const polls = ['channel:manage:polls'];
  const predictions = ['channel:manage:predictions'];
  return {
    'GET hypetrain/status': own(['channel:read:hype_train'], ({ user }) => {
      const current = running.trainOf(user.id)?.toJson() ?? null;
      return data([{ current, all_time_high: null, shared_all_time_high: null }]);
    }),
    'GET bits/custom_power_ups': own(['bits:read'], ({ user, query }) => {
      const wanted = query.getAll('id');
      const all = [...world.channels.of(user).powerUps.values()];
      return data(all.filter(({ id }) => wanted.length === 0 || wanted.includes(id)));
    }),
    'GET polls': own(['channel:read:polls', ...polls], ({ user }) =>
      data([running.pollOf(user.id)?.toJson()].filter((each) => each !== undefined)),
    ),
    'POST polls': own(polls, (call) => createPoll(running, call)),
    'PATCH polls': own(polls, ({ user, body }) => {
      const poll = running.pollOf(user.id);
      if (poll === undefined || poll.id !== body.id) return refused(404, 'The poll was not found');
      if (body.status !== 'TERMINATED' && body.status !== 'ARCHIVED') {
        return refused(400, 'The parameter "status" must be TERMINATED or ARCHIVED');
      }
      if (poll.status !== undefined) return refused(400, 'The poll is not active');
      poll.end(body.status === 'ARCHIVED' ? 'archived' : 'terminated');
      return data([poll.toJson()]);
    }),
    'GET predictions': own(['channel:read:predictions', ...predictions], ({ user }) =>
      data([running.predictionOf(user.id)?.toJson()].filter((each) => each !== undefined)),
    ),
    'POST predictions': own(predictions, (call) => createPrediction(running, call)),
    'PATCH predictions': own(predictions, (call) => changePrediction(running, call)),
    'POST raids': {
      scopes: ['channel:manage:raids'],
      own: 'from_broadcaster_id',
      handle: ({ user, query }) => {
        const to = world.channels.withId(query.get('to_broadcaster_id') ?? '');
        if (to === undefined) return refused(404, 'The targeted channel was not found');
        if (to.account.id === user.id) {
          return refused(400, 'The broadcaster cannot raid themselves.');
        }
        raidOut(world, { channel: user.login, to: to.account.login, viewers: 42 });
        return data([{ created_at: toTwitchTime(world.now()), is_mature: false }]);
      },
    },
    // Viewers land at once here, so there never is a raid to call off.
    'DELETE raids': own(['channel:manage:raids'], () =>
      refused(404, 'The broadcaster does not have a pending raid to cancel.'),
    ),
    'GET channels/ads': own(['channel:read:ads'], () =>
      data([
        {
          snooze_count: 3,
          snooze_refresh_at: '',
          next_ad_at: '',
          duration: 60,
          last_ad_at: '',
          preroll_free_time: 0,
        },
      ]),
    ),
    'POST channels/ads/schedule/snooze': own(['channel:manage:ads'], () =>
      data([{ snooze_count: 2, snooze_refresh_at: '', next_ad_at: '' }]),
    ),
    'POST channels/commercial': own(['channel:edit:commercial'], ({ user, body }) => {
      if (world.channels.of(user).stream === undefined) {
        return refused(400, 'To start a commercial, the broadcaster must be streaming live.');
      }
      if (typeof body.length !== 'number' || body.length < 1) {
        return refused(400, 'The parameter "length" must be a number of seconds');
      }
      const length = Math.min(180, Math.trunc(body.length));
      adBreak(world, { channel: user.login, seconds: length });
      return data([{ length, message: '', retry_after: 480 }]);
    }),
    'POST streams/markers': {
      scopes: ['channel:manage:broadcast'],
      own: 'user_id',
      handle: ({ user, body }) => {
        const { stream } = world.channels.of(user);
        if (stream === undefined) return refused(404, 'The user is not streaming live.');
        const now = world.now();
        const description = typeof body.description === 'string' ? body.description : '';
        const seconds = Math.floor((now - stream.startedAt) / 1000);
        const created_at = toTwitchTime(now);
        return data([{ id: String(now), created_at, description, position_seconds: seconds }]);
      },
    },
    'GET moderation/shield_mode': {
      scopes: ['moderator:read:shield_mode', 'moderator:manage:shield_mode'],
      own: 'moderator_id',
      handle: (call) => {
        const place = placeOf(world, call, call.query.get('broadcaster_id'));
        if (typeof place !== 'string') return place;
        const channel = world.channels.named(place);
        const nobody = { moderator_id: '', moderator_login: '', moderator_name: '' };
        return data([{ is_active: channel.shield, ...nobody, last_activated_at: '' }]);
      },
    },
  };
}

function createPoll(running: Running, { user, body }: HelixCall): HelixAnswer {
  const { title, duration } = body;
  const choices = titlesOf(body.choices);
  if (typeof title !== 'string' || title === '' || [...title].length > 60) {
    return refused(400, 'The parameter "title" must be between 1 and 60 characters');
  }
  if (choices.length < 2 || choices.length > 5) {
    return refused(400, 'The parameter "choices" must hold between 2 and 5 choices');
  }
  if (choices.some((choice) => !isTitle(choice))) {
    return refused(400, 'The "title" of a choice must be between 1 and 25 characters');
  }
  if (!isWithin(duration, 15)) {
    return refused(400, 'The parameter "duration" must be between 15 and 1800');
  }
  const current = running.pollOf(user.id);
  if (current !== undefined && current.status === undefined) {
    return refused(400, 'The broadcaster already has a poll that is active');
  }
  const poll = running.poll({ channel: user.login, title, choices, duration: duration * 1000 });
  return data([poll.toJson()]);
}

function createPrediction(running: Running, { user, body }: HelixCall): HelixAnswer {
  const { title, prediction_window: window } = body;
  const outcomes = titlesOf(body.outcomes);
  if (typeof title !== 'string' || title === '' || [...title].length > 45) {
    return refused(400, 'The parameter "title" must be between 1 and 45 characters');
  }
  if (outcomes.length < 2 || outcomes.length > 10) {
    return refused(400, 'The parameter "outcomes" must hold between 2 and 10 outcomes');
  }
  if (outcomes.some((outcome) => !isTitle(outcome))) {
    return refused(400, 'The "title" of an outcome must be between 1 and 25 characters');
  }
  if (!isWithin(window, 30)) {
    return refused(400, 'The parameter "prediction_window" must be between 30 and 1800');
  }
  const current = running.predictionOf(user.id)?.status;
  if (current === 'active' || current === 'locked') {
    return refused(400, 'The broadcaster already has a prediction that is active');
  }
  const made = running.prediction({ channel: user.login, title, outcomes, window: window * 1000 });
  return data([made.toJson()]);
}

function changePrediction(running: Running, { user, body }: HelixCall): HelixAnswer {
  const prediction = running.predictionOf(user.id);
  if (prediction === undefined || prediction.id !== body.id) {
    return refused(404, 'The prediction was not found');
  }
  switch (body.status) {
    case 'LOCKED':
      if (prediction.status !== 'active') return refused(400, 'The prediction is not active');
      prediction.lock();
      break;
    case 'CANCELED':
      if (!prediction.cancel()) return refused(400, 'The prediction has ended');
      break;
    case 'RESOLVED':
      if (!prediction.resolve(String(body.winning_outcome_id ?? ''))) {
        return refused(400, 'The parameter "winning_outcome_id" is not valid');
      }
      break;
    default:
      return refused(400, 'The parameter "status" is not valid');
  }
  return data([prediction.toJson()]);
}

function isTitle(title: string): boolean {
  return title !== '' && [...title].length <= 25;
}

/** Whether it is whole seconds up to half an hour. */
function isWithin(seconds: unknown, least: number): seconds is number {
  return Number.isInteger(seconds) && Number(seconds) >= least && Number(seconds) <= 1800;
}

function titlesOf(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: unknown) => {
    const title: unknown =
      typeof each === 'object' && each !== null && 'title' in each && each.title;
    return typeof title === 'string' ? [title] : [];
  });
}
