/** Data: the JSON documents that the server keeps for modules, for people and programs outside them. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.data;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
