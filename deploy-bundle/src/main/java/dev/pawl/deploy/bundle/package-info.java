/** Module bundles in the framework: installed, started and stopped, each call with a time limit. */
@NullMarked
package dev.pawl.deploy.bundle;

import org.jspecify.annotations.NullMarked;
