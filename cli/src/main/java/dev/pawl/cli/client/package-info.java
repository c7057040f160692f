/** The client of the HTTP API: requests, problems and the live log. */
@NullMarked
package dev.pawl.cli.client;

import org.jspecify.annotations.NullMarked;
