/** What people see: tables, bars, colours and times, each fitted to the terminal. */
@NullMarked
package dev.pawl.cli.screen;

import org.jspecify.annotations.NullMarked;
