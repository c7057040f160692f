package dev.pawl.http.event;

import dev.pawl.http.answer.EventJson;
import dev.pawl.http.answer.EventJson.End;
import dev.pawl.http.answer.EventJson.ResetReason;
import dev.pawl.http.auth.Credential;
import dev.pawl.service.event.EventType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client that reads the events of the server, as far as it may see them. */
final class ServerEventStream extends EventStream {

    /** The events that are looked at with one look at the log. */
    private static final int AT_ONCE = 200;

    private final EventStreams streams;
    private final EventLog log;
    private final Set<EventType> types;
    private final boolean isReset;
    private volatile long position;

    /**
     * Creates a stream.
     *
     * @param types the types that the client wants
     * @param after the position from which it goes on; empty when it begins
     */
    ServerEventStream(
            EventStreams streams,
            EventLog log,
            Credential credential,
            Outlet outlet,
            Set<EventType> types,
            Optional<String> after) {
        super(streams, credential, outlet);
        this.streams = streams;
        this.log = log;
        this.types = types;
        Optional<StreamPosition> known = after.flatMap(StreamPosition::parse)
                .filter(read -> read.life().equals(log.life()) && read.sequence() <= log.last());
        this.isReset = after.isPresent() && known.isEmpty();
        this.position = known.map(StreamPosition::sequence).orElseGet(log::last);
    }

    @Override
    void greet(Batch batch) {
        batch.add(StreamText.beginning(id()));
        if (isReset) {
            reset(batch, ResetReason.ANOTHER_LIFE);
        }
    }

    @Override
    @Nullable
    End fill(Batch batch) {
        while (!batch.isFull()) {
            Optional<List<KeptEvent>> next = log.after(position, AT_ONCE);
            if (next.isEmpty()) {
                position = log.last();
                reset(batch, ResetReason.FELL_BEHIND);
                continue;
            }
            if (next.get().isEmpty()) {
                break;
            }
            take(next.get(), batch);
        }
        return null;
    }

    private void take(List<KeptEvent> events, Batch batch) {
        for (KeptEvent event : events) {
            if (batch.isFull()) {
                return;
            }
            if (types.contains(event.event().type())
                    && event.event().isVisibleTo(credential().principal())) {
                batch.add(event.whole());
            }
            position = event.sequence();
        }
    }

    private void reset(Batch batch, ResetReason reason) {
        streams.wasReset();
        batch.add(StreamText.event("reset", EventJson.RESET, reason, id()));
    }

    @Override
    String id() {
        return log.id(position);
    }
}
