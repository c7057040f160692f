/** YAML: answers written as it, and jobs read from it. */
@NullMarked
package dev.pawl.cli.yaml;

import org.jspecify.annotations.NullMarked;
