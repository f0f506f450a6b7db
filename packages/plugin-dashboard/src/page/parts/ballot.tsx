import type { PageGadget } from '../../shared/feed.js';
import { Bars } from './bars.js';
import { Ring } from './ring.js';

/** How a vote about a gadget stands. */
export function Ballot({ ballot }: { readonly ballot: NonNullable<PageGadget['ballot']> }) {
  const { policy, closesAt, voters, choices } = ballot;
  const title = policy === 'random' ? 'A lucky one is drawn' : 'A vote';
  return (
    <div class="ballot">
      <p class="ballot-title">
        {title}, {voters} {voters === 1 ? 'voice' : 'voices'}{' '}
        <Ring offAt={closesAt} whole={undefined} words="decided in" />
      </p>
      <Bars choices={choices.map(({ line, votes }) => ({ title: line, votes }))} />
    </div>
  );
}
