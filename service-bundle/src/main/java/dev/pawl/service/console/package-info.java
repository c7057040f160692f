/** The web console: files that browsers get. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.console;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
