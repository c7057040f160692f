/** Which hosts are this machine alone. */
@NullMarked
package dev.pawl.base.net;

import org.jspecify.annotations.NullMarked;
