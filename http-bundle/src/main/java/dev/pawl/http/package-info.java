/** The HTTP API on the OSGi whiteboard: the component that puts the server together, and what every request passes through. */
@NullMarked
package dev.pawl.http;

import org.jspecify.annotations.NullMarked;
