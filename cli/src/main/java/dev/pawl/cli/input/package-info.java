/** Values as they are typed: parsed, read from files, and put into addresses. */
@NullMarked
package dev.pawl.cli.input;

import org.jspecify.annotations.NullMarked;
