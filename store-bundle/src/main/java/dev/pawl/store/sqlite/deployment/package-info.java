/** The rows of deployments and of their history. */
@NullMarked
package dev.pawl.store.sqlite.deployment;

import org.jspecify.annotations.NullMarked;
