/**
 * Events: what has happened, for those who follow the server. A publisher has an {@link dev.pawl.service.event.EventPublisher}; a new kind of
 * event is a record that {@link dev.pawl.service.event.Event} permits, an {@link dev.pawl.service.event.EventType}, and its shape on the wire
 * in the http-bundle.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
