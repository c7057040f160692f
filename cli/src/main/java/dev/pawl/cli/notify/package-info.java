/** Commands for notifications. */
@NullMarked
package dev.pawl.cli.notify;

import org.jspecify.annotations.NullMarked;
