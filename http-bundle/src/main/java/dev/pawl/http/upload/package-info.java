/** Jars that are uploaded to the server. */
@NullMarked
package dev.pawl.http.upload;

import org.jspecify.annotations.NullMarked;
