/** The settings of a server, their sources, and how they are checked. */
@NullMarked
package dev.pawl.runtime.settings;

import org.jspecify.annotations.NullMarked;
