/** Threads of the JVM: the virtual ones that live, and the names of all. */
@NullMarked
package dev.pawl.base.thread;

import org.jspecify.annotations.NullMarked;
