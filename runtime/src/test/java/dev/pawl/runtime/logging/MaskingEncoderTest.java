package dev.pawl.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MaskingEncoderTest {

    private static String line(MaskingEncoder encoder) {
        LoggerContext context = new LoggerContext();
        encoder.setContext(context);
        encoder.setPattern("%level [%thread] %msg%n");
        encoder.start();
        LoggingEvent event = new LoggingEvent(
                "test",
                context.getLogger("test"),
                Level.INFO,
                "my hunter2",
                new IllegalStateException("hunter2!"),
                null);
        event.setThreadName("of hunter2");
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void aWholeLineIsMaskedWithItsThreadAndItsStack() {
        MaskingEncoder encoder = new MaskingEncoder();
        encoder.maskBy(text -> text.replace("hunter2", "********"));

        String line = line(encoder);

        assertTrue(line.startsWith("INFO [of ********] my ********" + System.lineSeparator()), line);
        assertTrue(line.contains("IllegalStateException: ********!"), line);
        assertFalse(line.contains("hunter2"), line);
    }

    @Test
    void linesAreAsTheyAreWithoutAScheduler() {
        assertEquals(
                "INFO [of hunter2] my hunter2",
                line(new MaskingEncoder()).lines().findFirst().orElseThrow());
    }
}
