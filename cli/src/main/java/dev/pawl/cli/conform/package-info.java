/** Tries a module in a folder against the module protocol, without a server; a second reading of docs/module-protocol.md. */
@NullMarked
package dev.pawl.cli.conform;

import org.jspecify.annotations.NullMarked;
