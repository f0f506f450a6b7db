import { Component, type ComponentType, h } from 'preact';
import type { Fed } from '../../shared/feed.js';
import { ClockTime } from '../parts/clock-time.js';
import { twitchColor } from '../parts/twitch-color.js';
import { Who } from '../parts/who.js';
import type { ParentLine } from './chat-lines.js';
import { eventSentence } from './event-sentence.js';
import type { Settlement } from './settlements.js';
import { textParts } from './text-parts.js';

interface ChatLineProps {
  readonly line: Fed;
  /** The line that it answers, where the bot said it. */
  readonly parent?: ParentLine | undefined;
  /** What became of it, where it is a redemption. */
  readonly settlement?: Settlement | undefined;
}

/** A line of chat, or something that happened. An event never changes, so it is drawn once. */
export const ChatLine = memo(({ line, parent, settlement }: ChatLineProps) => (
  <li
    class={`line line-${line.type} ${line.type === 'message' && line.bits > 0 ? 'line-bits' : ''}`}
  >
    <ClockTime at={line.at} /> <Words line={line} parent={parent} settlement={settlement} />
  </li>
));

function Words({ line, parent, settlement }: ChatLineProps) {
  switch (line.type) {
    case 'message':
      return <Message line={line} />;
    case 'reply':
      return (
        <>
          {parent && <Parent name={parent.user.name} text={parent.text} />}
          <span class="who bot">bot</span>: <bdi>{line.text}</bdi>
          {line.dropped && <span class="said-no"> not said: {line.dropped}</span>}
        </>
      );
    case 'refusal':
      return (
        <span>
          <bdi>{line.command}</bdi> by <Who user={line.user} /> did not run:{' '}
          <bdi>{line.text ?? line.reason}</bdi>
        </span>
      );
    case 'reaction':
      return (
        <span class="faint">
          {line.event} {line.did === undefined ? 'set nothing off: ' : 'sets off '}
          <bdi>{line.did ?? line.text}</bdi>
        </span>
      );
    case 'event':
      return (
        <>
          {line.user && <Who user={line.user} />} <bdi>{eventSentence(line)}</bdi>
          {settlement && (
            <strong class={settlement.isRefund ? 'settled settled-back' : 'settled'}>
              <bdi>{settlement.text}</bdi>
            </strong>
          )}
        </>
      );
    case 'estop':
      return (
        <strong>
          {line.engaged ? `Everything was stopped by ${line.by}` : 'The stop was released'}
        </strong>
      );
    default:
      return null;
  }
}

function Message({ line }: { readonly line: ParentLine }) {
  const { user, replyTo, bits, action, text, emotes, forReward } = line;
  return (
    <>
      {replyTo && <Parent name={replyTo.name} text={replyTo.text} />}
      <Who user={user} />
      {action ? ' ' : ': '}
      {forReward && <span class="reward">with a reward </span>}
      {bits > 0 && <span class="bits">{bits} bits </span>}
      <bdi class={action ? 'line-action' : ''} style={action ? { '--who': twitchColor(user) } : {}}>
        {textParts(text, emotes).map((part, index) =>
          part.isEmote ? (
            <span key={index} class="emote" title="emote">
              {part.text}
            </span>
          ) : (
            part.text
          ),
        )}
      </bdi>
    </>
  );
}

/** What a line answers, above it. */
function Parent({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <span class="line-parent">
      ↩ replying to <bdi>{name}</bdi>: <bdi>{text}</bdi>
    </span>
  );
}

/** A component that is drawn again only when one of its properties is another one. */
function memo<Props extends object>(Drawn: ComponentType<Props>): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return Object.entries(next).some(([key, value]) => Reflect.get(this.props, key) !== value);
    }

    override render() {
      return h(Drawn, this.props);
    }
  };
}
