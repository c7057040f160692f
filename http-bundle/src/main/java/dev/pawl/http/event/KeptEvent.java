package dev.pawl.http.event;

import dev.pawl.http.answer.EventJson;
import dev.pawl.http.json.JsonText;
import dev.pawl.service.event.Event;
import dev.pawl.service.event.JobEvent;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** An event with its number and, once the first reader takes it, its text, which is made once for all readers. Safe for many threads. */
final class KeptEvent {

    /** The memory of an event and its text beside the texts of people, about, in bytes. */
    private static final int OVERHEAD = 2_500;

    private final long sequence;
    private final String id;
    private final Event event;
    private final LongAdder encodings;
    private @Nullable Text text; // guarded by this

    /**
     * The text of an event.
     *
     * @param whole all of it
     * @param withoutId the length of what is before its id
     */
    private record Text(ByteBuffer whole, int withoutId) {}

    /**
     * Keeps an event.
     *
     * @param id its id in the stream of all events
     * @param encodings counts the texts that are made
     */
    KeptEvent(long sequence, String id, Event event, LongAdder encodings) {
        this.sequence = sequence;
        this.id = id;
        this.event = event;
        this.encodings = encodings;
    }

    long sequence() {
        return sequence;
    }

    Event event() {
        return event;
    }

    /** The event with its id in UTF-8; its position is the caller's own. */
    ByteBuffer whole() {
        return text().whole().duplicate();
    }

    /** The event without its id, which is another one in the stream of a job. */
    ByteBuffer withoutId() {
        Text known = text();
        return known.whole().duplicate().limit(known.withoutId());
    }

    private synchronized Text text() {
        Text known = text;
        if (known == null) {
            known = encoded(event, id);
            encodings.increment();
            text = known;
        }
        return known;
    }

    /** The memory that it takes with its text, about, in bytes. */
    long weight() {
        return OVERHEAD + 4L * characters(event);
    }

    private static int characters(Event event) {
        if (!(event instanceof JobEvent job)) {
            return 0; // names, with small limits
        }
        Failure failure = job.job().state().failure();
        Reason reason = job.view().reason();
        return job.job().request().title().length()
                + (failure == null ? 0 : failure.message().length())
                + (reason == null
                        ? 0
                        : reason.sentence().length() + reason.unblockedBy().length())
                + job.job().request().tasks().stream()
                        .mapToInt(task -> task.module().length() + 50)
                        .sum();
    }

    private static Text encoded(Event event, String id) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(1_024);
        try {
            text.write(("event: " + event.type().wireName() + "\ndata: ").getBytes(StandardCharsets.UTF_8));
            JsonText.write(json -> EventJson.write(json, event), text); // one line: JSON escapes what would end it
            text.write('\n');
            int withoutId = text.size();
            text.write(("id: " + id + "\n\n").getBytes(StandardCharsets.UTF_8));
            return new Text(ByteBuffer.wrap(text.toByteArray()).asReadOnlyBuffer(), withoutId);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail.", e);
        }
    }
}
