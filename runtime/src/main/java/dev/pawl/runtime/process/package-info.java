/** The process: its signals, hooks and shared threads. */
@NullMarked
package dev.pawl.runtime.process;

import org.jspecify.annotations.NullMarked;
