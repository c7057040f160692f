/** The threads of the JVM that it shows to nobody, or starts for everybody. */
@NullMarked
package dev.pawl.scheduler.jvm;

import org.jspecify.annotations.NullMarked;
