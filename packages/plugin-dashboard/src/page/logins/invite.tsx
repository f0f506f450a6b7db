import { useState } from 'preact/hooks';
import { isPageRole, type PageRole, pageRoles } from '../../auth/role.js';
import type { Answer, Invitation } from '../../shared/feed.js';
import { wish } from '../live/wish.js';
import { Said } from '../parts/said.js';
import { QrCode } from './qr-code.js';

const may: Readonly<Record<PageRole, string>> = {
  viewer: 'look',
  operator: 'drive, and stop',
  owner: 'do all that you may',
};

/** Lets somebody else into the page, or a phone: by a code that works once. */
export function Invite() {
  const [role, setRole] = useState<PageRole>('operator');
  const [invitation, setInvitation] = useState<Invitation>();
  const [answer, setAnswer] = useState<Answer>();
  const invite = async (event: Event) => {
    event.preventDefault();
    const told: unknown = await wish('invite', { role });
    const isOne = typeof told === 'object' && told !== null && 'link' in told;
    setInvitation(isOne ? (told as Invitation) : undefined);
    setAnswer(isOne ? undefined : (told as Answer));
  };
  return (
    <section aria-label="Let somebody in">
      <h2>Let somebody in</h2>
      <form class="filters" onSubmit={(event) => void invite(event)}>
        <label>
          who may
          <select
            value={role}
            onChange={({ currentTarget: { value } }) => isPageRole(value) && setRole(value)}
          >
            {pageRoles.map((each) => (
              <option key={each} value={each}>
                {may[each]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Make a code</button>
      </form>
      <Said answer={answer} />
      {invitation && (
        <>
          <p class="note">
            It works once, within two minutes.
            {invitation.isHere &&
              ' It leads to this machine alone: give the dashboard a host: in plugins.yaml to let phones in.'}
          </p>
          <QrCode text={invitation.link} />
          <p class="invitation">
            <code>{invitation.link}</code>
          </p>
        </>
      )}
    </section>
  );
}
