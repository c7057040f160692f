package dev.pawl.service.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceParentTest {

    private static final String VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void aValidHeaderIsReadAndWrittenAsItCame() {
        TraceParent read = TraceParent.parse(VALID).orElseThrow();
        assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", read.traceId());
        assertEquals(VALID, read.toString());
    }

    @Test
    void whatALaterVersionAddsIsPassedOver() {
        assertEquals(
                VALID,
                TraceParent.parse("cc" + VALID.substring(2) + "-what-the-future-will-be-like")
                        .orElseThrow()
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\nx: y"
            })
    void anInvalidHeaderIsNone(String header) {
        assertEquals(Optional.empty(), TraceParent.parse(header));
    }
}
