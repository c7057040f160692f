/** The other end of a task whose module runs in a JVM of its own: the program of that JVM, which speaks the module protocol. */
@NullMarked
package dev.pawl.scheduler.child;

import org.jspecify.annotations.NullMarked;
