/** The commands for modules. */
@NullMarked
package dev.pawl.cli.module;

import org.jspecify.annotations.NullMarked;
