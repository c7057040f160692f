/** Commands for hooks, and for the inbox of callbacks. */
@NullMarked
package dev.pawl.cli.hook;

import org.jspecify.annotations.NullMarked;
