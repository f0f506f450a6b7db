// Read once somebody listens.
import WebSocket from 'ws';

export { WebSocket };
