/** Errors with a stable code and a remedy. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.problem;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
