import type { FeedUser } from '../../shared/feed.js';
import { badgesOf } from './badges.js';
import { twitchColor } from './twitch-color.js';

/** Somebody in chat with the badges and the colour that Twitch shows. */
export function Who({ user }: { readonly user: FeedUser }) {
  const isPlain = user.name.toLowerCase() === user.login;
  return (
    <span class="who">
      {badgesOf(user).map(({ name, sign, title }) => (
        <span key={name} class={`badge badge-${name}`} role="img" aria-label={title} title={title}>
          {sign}
        </span>
      ))}
      <bdi class="who-name" style={{ '--who': twitchColor(user) }}>
        {user.name}
      </bdi>
      {!isPlain && <bdi class="who-login"> ({user.login})</bdi>}
    </span>
  );
}
