/** The build of a module while it is being written: compiled and packed in this process, and swapped into a server. */
@NullMarked
package dev.pawl.cli.develop;

import org.jspecify.annotations.NullMarked;
