/** The files of the machine that the tasks of a module may reach. */
@NullMarked
package dev.pawl.scheduler.files;

import org.jspecify.annotations.NullMarked;
