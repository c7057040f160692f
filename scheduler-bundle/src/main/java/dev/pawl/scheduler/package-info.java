/** Takes jobs, gives them to threads and answers for them. */
@NullMarked
package dev.pawl.scheduler;

import org.jspecify.annotations.NullMarked;
