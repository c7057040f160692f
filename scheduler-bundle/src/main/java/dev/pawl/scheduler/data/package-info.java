/** The documents of modules: their rules, in one place for modules and for those outside. */
@NullMarked
package dev.pawl.scheduler.data;

import org.jspecify.annotations.NullMarked;
