import type { RewardLimit, RewardSettings } from '../channels/custom-reward.js';
import type { HelixCall } from './helix-call.js';

type Body = HelixCall['body'];

/** What a body asks of a reward, or what is wrong with it, in words. */
export function readRewardSettings(
  body: Body,
): { readonly settings: Partial<RewardSettings> } | { readonly fault: string } {
  const settings = {
    ...value('title', text(body.title)?.trim()),
    ...value('cost', number(body.cost)),
    ...value('prompt', text(body.prompt)),
    ...value('enabled', flag(body.is_enabled)),
    ...value('paused', flag(body.is_paused)),
    ...value('color', text(body.background_color)),
    ...value('inputRequired', flag(body.is_user_input_required)),
    ...value('skipsQueue', flag(body.should_redemptions_skip_request_queue)),
    ...value('perStream', limit(body, 'is_max_per_stream_enabled', 'max_per_stream')),
    ...value(
      'perUser',
      limit(body, 'is_max_per_user_per_stream_enabled', 'max_per_user_per_stream'),
    ),
    ...value('cooldown', limit(body, 'is_global_cooldown_enabled', 'global_cooldown_seconds')),
  };
  const fault = faultOf(settings);
  return fault === undefined ? { settings } : { fault };
}

function faultOf(settings: Partial<RewardSettings>): string | undefined {
  const { title, cost, prompt, color, perStream, perUser, cooldown } = settings;
  if (title !== undefined && (title === '' || [...title].length > 45)) {
    return 'The parameter "title" must be between 1 and 45 characters';
  }
  if (cost !== undefined && !isBetween(cost, 1, 2_147_483_647)) {
    return 'The parameter "cost" must be at least 1';
  }
  if (prompt !== undefined && [...prompt].length > 200) {
    return 'The parameter "prompt" must be at most 200 characters';
  }
  if (color !== undefined && !/^#[0-9A-F]{6}$/i.test(color)) {
    return 'The parameter "background_color" must be a hex color such as #9147FF';
  }
  if (perStream?.enabled === true && !isBetween(perStream.value, 1)) {
    return 'The parameter "max_per_stream" must be at least 1';
  }
  if (perUser?.enabled === true && !isBetween(perUser.value, 1)) {
    return 'The parameter "max_per_user_per_stream" must be at least 1';
  }
  if (cooldown?.enabled === true && !isBetween(cooldown.value, 1, 604_800)) {
    return 'The parameter "global_cooldown_seconds" must be between 1 and 604800';
  }
  return undefined;
}

function isBetween(number: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isInteger(number) && number >= least && number <= most;
}

function limit(body: Body, switchName: string, valueName: string): RewardLimit | undefined {
  const enabled = flag(body[switchName]);
  const given = number(body[valueName]);
  if (enabled === undefined && given === undefined) return undefined;
  return { enabled: enabled ?? true, value: given ?? 0 };
}

function value<Name extends string, Value>(
  name: Name,
  given: Value | undefined,
): { readonly [Key in Name]?: Value } {
  // A computed key widens to string; it is the name that was given.
  return given === undefined ? {} : ({ [name]: given } as { readonly [Key in Name]: Value });
}

function text(given: unknown): string | undefined {
  return typeof given === 'string' ? given : undefined;
}

function number(given: unknown): number | undefined {
  return typeof given === 'number' ? given : undefined;
}

function flag(given: unknown): boolean | undefined {
  return typeof given === 'boolean' ? given : undefined;
}
