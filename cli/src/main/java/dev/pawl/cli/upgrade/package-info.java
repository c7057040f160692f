/** The command that looks at an upgrade before it is made. */
@NullMarked
package dev.pawl.cli.upgrade;

import org.jspecify.annotations.NullMarked;
