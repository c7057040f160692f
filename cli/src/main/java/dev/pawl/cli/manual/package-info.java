/** The manual pages, made of the commands' own help. */
@NullMarked
package dev.pawl.cli.manual;

import org.jspecify.annotations.NullMarked;
