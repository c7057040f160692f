/** The beginning: asks who is signed in, opens the stream of events, and shows the place of the address. */

import './shell/shell.js';
import { live } from './core/live.js';
import { session } from './core/session.js';

const hasCode = location.hash.startsWith('#code=');
const isKnown = session.load();
if (hasCode) {
  isKnown.finally(() => live.open()); // the code must be spent first: the stream would be refused
} else {
  live.open();
}
document.body.append(document.createElement('pawl-shell'));
