/** Commands for things that have names, such as hooks and schedules. */
@NullMarked
package dev.pawl.cli.named;

import org.jspecify.annotations.NullMarked;
