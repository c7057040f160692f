/** Secret values as they are kept: sealed with a key that lies apart from them. */
@NullMarked
package dev.pawl.scheduler.secret;

import org.jspecify.annotations.NullMarked;
