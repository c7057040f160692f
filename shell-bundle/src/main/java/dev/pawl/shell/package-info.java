/** Commands of the Gogo shell: each parses, calls a service and returns what is to be shown. */
@NullMarked
package dev.pawl.shell;

import org.jspecify.annotations.NullMarked;
