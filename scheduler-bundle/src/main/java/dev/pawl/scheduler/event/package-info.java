/** Events of jobs for those who follow the server. */
@NullMarked
package dev.pawl.scheduler.event;

import org.jspecify.annotations.NullMarked;
