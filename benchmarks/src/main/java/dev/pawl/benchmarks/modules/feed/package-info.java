/** Modules that submit jobs from within the server; their bundle is part of the distribution, since modules may not use the scheduler. */
@NullMarked
package dev.pawl.benchmarks.modules.feed;

import org.jspecify.annotations.NullMarked;
