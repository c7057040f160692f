/** Log streams over WebSocket. */
@NullMarked
package dev.pawl.http.stream;

import org.jspecify.annotations.NullMarked;
