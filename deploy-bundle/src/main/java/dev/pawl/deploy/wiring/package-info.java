/** Which bundle is or would be wired to which, and what a change has an effect on. */
@NullMarked
package dev.pawl.deploy.wiring;

import org.jspecify.annotations.NullMarked;
