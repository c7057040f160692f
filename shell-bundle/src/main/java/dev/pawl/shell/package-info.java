/** Commands of the Gogo shell: each parses its arguments, calls a service and returns the text or table to show. */
@NullMarked
package dev.pawl.shell;

import org.jspecify.annotations.NullMarked;
