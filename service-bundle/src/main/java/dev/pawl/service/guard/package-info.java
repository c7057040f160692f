/** The error that replaces calls by which a module would end the server. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.guard;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
