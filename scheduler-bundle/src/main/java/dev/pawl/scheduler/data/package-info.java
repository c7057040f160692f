/** Documents of modules, and the rules for them, in one place for modules and for clients. */
@NullMarked
package dev.pawl.scheduler.data;

import org.jspecify.annotations.NullMarked;
