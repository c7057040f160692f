/** Hooks: what their callers prove, what they bring, and the jobs that they start; and the inbox of callbacks. */
@NullMarked
package dev.pawl.hook;

import org.jspecify.annotations.NullMarked;
