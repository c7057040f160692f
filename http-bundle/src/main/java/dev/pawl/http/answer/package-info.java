/** Shapes of answers, each of which is written and described in one place, and the answers for jobs, modules, workers and the store. */
@NullMarked
package dev.pawl.http.answer;

import org.jspecify.annotations.NullMarked;
