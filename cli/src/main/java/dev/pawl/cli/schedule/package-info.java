/** The commands for schedules. */
@NullMarked
package dev.pawl.cli.schedule;

import org.jspecify.annotations.NullMarked;
