/** The health of the server, and the listener that answers for it alone. */
@NullMarked
package dev.pawl.http.health;

import org.jspecify.annotations.NullMarked;
