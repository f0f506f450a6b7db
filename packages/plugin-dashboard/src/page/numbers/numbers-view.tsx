import { useEffect, useState } from 'preact/hooks';
import { useLive, useMe } from '../live/use-live.js';
import { look, wish } from '../live/wish.js';
import { Sparkline } from './sparkline.js';

/** What `GET /health` tells. */
interface Health {
  readonly ok: boolean;
  readonly reasons?: readonly string[];
}

/** Addresses that need no login. */
interface Addresses {
  readonly overlay: string;
  readonly metrics: string;
}

/** How well the bot is, what happened lately, and the addresses for OBS and Prometheus. */
export function NumbersView() {
  const report = useLive((state) => state.report);
  const [health, setHealth] = useState<Health>();
  useEffect(() => {
    void look<Health>('/health').then(setHealth);
  }, [report.plugins, report.state, report.estop]);
  const { role } = useMe();
  return (
    <>
      <h2>Numbers</h2>
      <section aria-label="Health">
        <p class={health?.ok ? 'health-ok' : 'said-no'}>
          {health?.ok ? 'All is well.' : 'Not all is well:'}
        </p>
        <ul>
          {health?.reasons?.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </section>
      <Plots />
      {role === 'owner' && <Keys />}
      <p>
        You are {role}.{' '}
        <button type="button" onClick={() => void logOut()}>
          Log out
        </button>
      </p>
    </>
  );
}

/** The page asks anew who one is. */
async function logOut(): Promise<void> {
  await wish('logout', {});
  location.reload();
}

/** What happened in the last hour, which the bot remembers also while nobody looks. */
function Plots() {
  const { messages, commands, refusals, timeOn } = useLive((state) => state.hour);
  return (
    <section aria-label="The last hour">
      <h2>The last hour</h2>
      <div class="plots">
        <Sparkline title="Messages" values={messages} />
        <Sparkline title="Commands" values={commands} />
        <Sparkline title="Refusals" values={refusals} />
        {timeOn.map(({ pin, gadget, seconds }) => (
          <Sparkline key={pin} title={`${gadget} ${pin} on`} values={seconds} unit=" s" most={60} />
        ))}
      </div>
    </section>
  );
}

/** Addresses with keys of their own, which can be revoked. */
function Keys() {
  const [addresses, setAddresses] = useState<Addresses>();
  useEffect(() => {
    void look<Addresses>('/api/keys').then(setAddresses);
  }, []);
  const revoke = async () => {
    await wish('keys', {});
    setAddresses(await look<Addresses>('/api/keys'));
  };
  return (
    <section aria-label="Addresses">
      <h2>Addresses that need no login</h2>
      <p>Whoever has one sees what it shows, and can change nothing.</p>
      <dl class="addresses">
        <dt>Overlay, for a browser source of OBS</dt>
        <dd>
          <code>{addresses?.overlay}</code>
        </dd>
        <dt>Metrics, for Prometheus</dt>
        <dd>
          <code>{addresses?.metrics}</code>
        </dd>
      </dl>
      <button type="button" onClick={() => void revoke()}>
        Make new ones, and end these
      </button>
    </section>
  );
}
