/** The one grammar for durations: settings, HTTP, the command line, the shell and inputs of modules. */
@NullMarked
package dev.pawl.base.duration;

import org.jspecify.annotations.NullMarked;
