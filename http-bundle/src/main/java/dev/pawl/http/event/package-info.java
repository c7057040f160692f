/** Events for those who follow the server or a job, as streams of server-sent events. */
@NullMarked
package dev.pawl.http.event;

import org.jspecify.annotations.NullMarked;
