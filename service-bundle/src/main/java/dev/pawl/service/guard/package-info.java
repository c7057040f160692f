/** The error that calls of modules which would end the server become. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.guard;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
