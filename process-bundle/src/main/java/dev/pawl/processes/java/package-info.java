/** Modules in Java whose tasks run in JVMs of their own. */
@NullMarked
package dev.pawl.processes.java;

import org.jspecify.annotations.NullMarked;
