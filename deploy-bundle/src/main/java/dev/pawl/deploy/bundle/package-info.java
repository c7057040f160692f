/** Module bundles in the framework: installing, starting and stopping them, each call with a timeout. */
@NullMarked
package dev.pawl.deploy.bundle;

import org.jspecify.annotations.NullMarked;
