/** Named servers: their addresses and tokens, kept for the user of the command. */
@NullMarked
package dev.pawl.cli.context;

import org.jspecify.annotations.NullMarked;
