/** Output for people: tables, bars, colours and times, fitted to the terminal. */
@NullMarked
package dev.pawl.cli.screen;

import org.jspecify.annotations.NullMarked;
