/** Input values: parsing them, reading them from files, and putting them into addresses. */
@NullMarked
package dev.pawl.cli.input;

import org.jspecify.annotations.NullMarked;
