/** The beginning: asks who is signed in, opens the stream of events, and shows the place of the address. */

import './shell/shell.js';
import { live } from './core/live.js';
import { session } from './core/session.js';

const entry = session.enter();
live.open(entry); // a stream that is asked for before the code is spent would be refused
entry.finally(() => session.load());
document.body.append(document.createElement('pawl-shell'));
