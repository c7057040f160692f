/**
 * The protocol between the launcher and the bundles: the services by which bundles answer the launcher, and the names that both use.
 * The launcher has these classes on its class path and the framework exports them, so that both sides see the same ones. docs/launcher.md
 * explains each.
 */
@NullMarked
package dev.pawl.launch;

import org.jspecify.annotations.NullMarked;
