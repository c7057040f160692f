/** Hooks: jobs that a request from outside starts, authenticated by the hook's own secret. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.hook;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
