/** Modules that are folders: reading their manifests and archives, and packing them into bundles (ADR 95). */
@NullMarked
package dev.pawl.deploy.pack;

import org.jspecify.annotations.NullMarked;
