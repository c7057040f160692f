/** Requests that the server makes for its clients, through the proxy that it is configured with. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.fetch;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
