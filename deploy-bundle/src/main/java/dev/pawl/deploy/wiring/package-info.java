/** The wiring between bundles, now and after a change, and the impact of changes. */
@NullMarked
package dev.pawl.deploy.wiring;

import org.jspecify.annotations.NullMarked;
