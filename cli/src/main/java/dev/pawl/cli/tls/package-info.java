/** Commands for the server's certificate. */
@NullMarked
package dev.pawl.cli.tls;

import org.jspecify.annotations.NullMarked;
