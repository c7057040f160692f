/** Which files of the machine the tasks of a module may reach. */
@NullMarked
package dev.pawl.scheduler.files;

import org.jspecify.annotations.NullMarked;
