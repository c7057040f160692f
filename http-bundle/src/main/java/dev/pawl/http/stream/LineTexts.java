package dev.pawl.http.stream;

import dev.pawl.http.answer.LogJson;
import dev.pawl.http.json.JsonText;
import dev.pawl.service.job.LogEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The JSON texts of the lines that were sent last, so that a line is encoded once for all clients that follow its job. Safe for many
 * threads.
 */
public final class LineTexts {

    /** The memory of all texts together, in bytes. It is not part of the clients' memory, whose windows count each text for each client. */
    static final long MOST = 2L << 20;

    /** The memory of a text beside its bytes. */
    private static final long OVERHEAD = 64;

    private static final int PLACES = 1 << 12;
    private static final int TYPICAL = 256;

    private volatile Texts texts = new Texts();

    private record Line(LogEntry entry, ByteBuffer text) {
        long weight() {
            return OVERHEAD + text.remaining();
        }
    }

    private static final class Texts {
        final AtomicReferenceArray<@Nullable Line> places = new AtomicReferenceArray<>(PLACES);
        final AtomicLong weight = new AtomicLong();
    }

    /**
     * A line in UTF-8.
     *
     * @param job the name by which the client follows the job; lines of different jobs have different places
     */
    public ByteBuffer of(String job, LogEntry entry) {
        Texts present = texts;
        int place = (int) (entry.sequence() + spread(job.hashCode())) & (PLACES - 1);
        Line known = present.places.get(place);
        if (known != null && known.entry().equals(entry)) {
            return known.text().duplicate();
        }
        Line line = new Line(entry, encoded(entry));
        Line former = present.places.getAndSet(place, line);
        long more = line.weight() - (former == null ? 0 : former.weight());
        if (present.weight.addAndGet(more) > MOST) {
            clear();
        }
        return line.text().duplicate();
    }

    /** Drops all texts. */
    public void clear() {
        texts = new Texts();
    }

    /** The memory that the texts take, in bytes. */
    long weight() {
        return texts.weight.get();
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 12) ^ (hash >>> 24);
    }

    private static ByteBuffer encoded(LogEntry entry) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(TYPICAL);
        try {
            JsonText.write(json -> LogJson.ENTRY.write(json, entry), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail.", e);
        }
        return ByteBuffer.wrap(text.toByteArray()).asReadOnlyBuffer();
    }
}
