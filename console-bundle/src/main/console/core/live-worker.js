/** The one reader of events for all tabs of a browser. */

import { Hub } from './hub.js';

const hub = new Hub();

self.addEventListener('connect', (/** @type {any} */ event) => {
  const port = event.ports[0];
  const seat = hub.join(message => port.postMessage(message));
  port.onmessage = (/** @type {MessageEvent} */ message) => seat.take(message.data);
  port.start();
});
