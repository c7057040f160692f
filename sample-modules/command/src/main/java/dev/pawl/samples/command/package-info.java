/** The module command: runs a program that an admin has allowed. */
@NullMarked
package dev.pawl.samples.command;

import org.jspecify.annotations.NullMarked;
