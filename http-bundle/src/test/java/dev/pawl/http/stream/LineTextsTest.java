package dev.pawl.http.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import dev.pawl.http.answer.LogJson;
import dev.pawl.http.json.JsonText;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.LogEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LineTextsTest {

    private final LineTexts texts = new LineTexts();

    private static LogEntry entry(long sequence, String message) {
        return new LogEntry(sequence, Instant.EPOCH, LogLevel.INFO, message, 0, 1);
    }

    private static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8).toString();
    }

    @Test
    void aLineIsEncodedOnceForAllFollowers() {
        List<LogEntry> page = LongStream.rangeClosed(1, 1_000)
                .mapToObj(n -> entry(n, "é" + n))
                .toList();
        page.forEach(entry -> texts.of("job", entry));
        long weight = texts.weight();
        long bytes = 0;
        for (LogEntry entry : page) {
            ByteBuffer text = texts.of("job", entry);
            bytes += text.remaining();
            assertEquals(JsonText.text(json -> LogJson.ENTRY.write(json, entry)), text(text));
            assertEquals(0, text.remaining());
            assertTrue(texts.of("job", entry).hasRemaining(), "each follower reads it from its beginning");
        }
        assertTrue(weight >= bytes, () -> "the texts that are kept: " + weight);
    }

    @Test
    void linesOfOtherJobsWithTheSameNumberAreNotMixedUp() {
        LogEntry one = entry(7, "one");
        LogEntry other = entry(7, "other");
        texts.of("job", one);
        assertTrue(text(texts.of("job", other)).contains("other"));
        assertTrue(text(texts.of("job", one)).contains("one"));
        assertTrue(text(texts.of("another job", one)).contains("one"));
    }

    @Test
    void theTextsTogetherAreBounded() {
        String longest = "x".repeat(TextLimit.LINE.characters());
        for (int n = 0; n < 500; n++) {
            texts.of("job", entry(n, n % 2 == 0 ? "short" : longest));
            assertTrue(texts.weight() <= LineTexts.MOST);
        }
        texts.clear();
        assertEquals(0, texts.weight());
    }
}
