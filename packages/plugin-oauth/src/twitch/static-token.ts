import { type OAuthConfig, twitchIdUrl } from './oauth-config.js';

/** The token that the owner manages, where there is one. */
export function staticTokenOf(
  config: OAuthConfig,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (config.accessToken !== undefined) return config.accessToken;
  // A token of the true Twitch must not be sent to a simulated one.
  if (config.idUrl !== twitchIdUrl) return undefined;
  return env.TWITCH_ACCESS_TOKEN?.trim().replace(/^oauth:/i, '') || undefined;
}
