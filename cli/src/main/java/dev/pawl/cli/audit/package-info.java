/** The commands for the audit log. */
@NullMarked
package dev.pawl.cli.audit;

import org.jspecify.annotations.NullMarked;
