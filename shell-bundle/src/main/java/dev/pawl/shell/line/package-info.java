/** Command lines from outside: they are checked, run, completed and explained here. */
@NullMarked
package dev.pawl.shell.line;

import org.jspecify.annotations.NullMarked;
