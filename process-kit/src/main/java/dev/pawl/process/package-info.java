/**
 * Programs of the machine that a module runs: found, started without a shell in a process group of their own, read in bounded memory, and
 * ended with all their children, whatever happens to the task or the server. Embedded by the modules that use it.
 */
@NullMarked
package dev.pawl.process;

import org.jspecify.annotations.NullMarked;
