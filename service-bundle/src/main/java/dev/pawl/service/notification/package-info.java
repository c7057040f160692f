/** Learning of jobs: callbacks, and what their delivery takes. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.notification;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
