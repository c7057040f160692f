/** Projects of module authors: made, and connected with this installation. */
@NullMarked
package dev.pawl.cli.project;

import org.jspecify.annotations.NullMarked;
