import type { FeedUser } from '../../shared/feed.js';

const badges: Readonly<Record<string, { readonly sign: string; readonly title: string }>> = {
  broadcaster: { sign: '📹', title: 'Broadcaster' },
  moderator: { sign: '⚔', title: 'Moderator' },
  vip: { sign: '◆', title: 'VIP' },
  subscriber: { sign: '★', title: 'Subscriber' },
};

/** The highest role says it: who is the broadcaster may do all that the others may. */
const order = ['broadcaster', 'moderator', 'vip', 'subscriber'];

/** Somebody in chat with the badge and the colour that Twitch shows. */
export function Who({ user }: { readonly user: FeedUser }) {
  const role = order.find((each) => user.roles.includes(each));
  const badge = role === undefined ? undefined : badges[role];
  const isPlain = user.name.toLowerCase() === user.login;
  return (
    <span class="who">
      {badge && (
        <span class={`badge badge-${role}`} role="img" aria-label={badge.title} title={badge.title}>
          {badge.sign}
        </span>
      )}
      <bdi class="who-name" style={user.color ? { '--who': user.color } : undefined}>
        {user.name}
      </bdi>
      {!isPlain && <bdi class="who-login"> ({user.login})</bdi>}
    </span>
  );
}
