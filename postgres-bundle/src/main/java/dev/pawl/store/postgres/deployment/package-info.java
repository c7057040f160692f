/** The rows of deployments, of their history and of the jars. */
@NullMarked
package dev.pawl.store.postgres.deployment;

import org.jspecify.annotations.NullMarked;
