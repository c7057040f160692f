/** Secrets that the server keeps by name, for values that refer to them. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.secret;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
