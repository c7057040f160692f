/** Actions on many jobs, and the module of the server's own that carries them out in the background. */
@NullMarked
package dev.pawl.scheduler.action;

import org.jspecify.annotations.NullMarked;
