/** Loopback hosts. */
@NullMarked
package dev.pawl.base.net;

import org.jspecify.annotations.NullMarked;
