package dev.pawl.service.event;

import dev.pawl.service.access.Principal;
import java.time.Instant;

/**
 * Something that has happened: what it tells can be read already. Immutable and small, since many are kept in memory, and without secrets,
 * since everybody who may see it gets the same.
 */
public sealed interface Event permits JobEvent, ModuleEvent, WorkerEvent, ScheduleEvent, QueueEvent, CallbackEvent {

    /** The time at which it happened. */
    Instant at();

    /** Its type. */
    EventType type();

    /** Whether an identity of at least the role {@link dev.pawl.service.access.Role#VIEWER} may see it. */
    boolean isVisibleTo(Principal reader);
}
