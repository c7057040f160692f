/** The HTTP API on the OSGi whiteboard: the component that assembles the server, and the steps that every request passes through. */
@NullMarked
package dev.pawl.http;

import org.jspecify.annotations.NullMarked;
