/** The HTTP API as the command line sees it: requests, problems and the live log. */
@NullMarked
package dev.pawl.cli.client;

import org.jspecify.annotations.NullMarked;
