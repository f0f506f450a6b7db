import { render } from 'preact';
import { Live } from './live/live.js';
import { Page } from './live/use-live.js';
import { Overlay } from './overlay/overlay.js';
import './overlay/overlay.css';

const key = new URLSearchParams(location.search).get('key') ?? '';
const live = new Live(`/overlay/events?key=${encodeURIComponent(key)}`);
live.connect();

const place = document.getElementById('overlay');
if (place) {
  render(
    <Page.Provider value={{ live, me: { role: 'viewer', pages: [] } }}>
      <Overlay />
    </Page.Provider>,
    place,
  );
}
