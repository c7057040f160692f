/** Jars that are sent to the server. */
@NullMarked
package dev.pawl.http.upload;

import org.jspecify.annotations.NullMarked;
