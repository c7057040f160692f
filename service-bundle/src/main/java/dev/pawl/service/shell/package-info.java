/** The shell: command lines that run inside the server. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.shell;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
