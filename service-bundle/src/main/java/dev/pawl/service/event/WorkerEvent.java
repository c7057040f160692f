package dev.pawl.service.event;

import dev.pawl.service.access.Principal;
import java.time.Instant;
import java.util.Locale;

/**
 * A change of a worker.
 *
 * @param at the time at which it was noticed
 * @param change the kind of change
 * @param id the worker's id
 * @param hostname its host; empty when not known
 * @param version the version of its software; empty when not known
 * @param disabled whether it gets no jobs
 */
public record WorkerEvent(Instant at, Change change, String id, String hostname, String version, boolean disabled)
        implements Event {

    /** The kinds of changes. */
    public enum Change {
        /** Its first heartbeat has come, or the first after it was lost. */
        APPEARED,
        /** Its heartbeats have stopped; its jobs wait again. */
        LOST,
        /** Someone has removed it. */
        REMOVED,
        /** It says something else of itself: its status, its task or its job. */
        CHANGED,
        /** Its heartbeats have stopped a while ago; it is lost when none comes. */
        SILENT,
        /** A heartbeat has come after it was silent. */
        HEARD,
        /** It gets no jobs. */
        DISABLED,
        /** It gets jobs again. */
        ENABLED,
        /** It is a server that takes no more jobs, and hands over those that it runs. */
        DRAINING,
        /** It is a server that takes no jobs, and runs none any more. */
        DRAINED,
        /** It is a server that was drained, and takes jobs again. */
        UNDRAINED;

        /** The word on the wire, such as {@code appeared}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public EventType type() {
        return EventType.WORKER;
    }

    /** Workers belong to the server as a whole. */
    @Override
    public boolean isVisibleTo(Principal reader) {
        return !reader.isBounded();
    }
}
