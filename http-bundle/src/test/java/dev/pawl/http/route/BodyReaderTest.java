package dev.pawl.http.route;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BodyReaderTest {

    private static final int LARGEST = 2 << 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aBodyOfTheLargestSizeComesWhole() throws IOException {
        byte[] body = new byte[LARGEST];
        body[LARGEST - 1] = 1;
        BodyReader.copy(new ByteArrayInputStream(body), out, LARGEST, Duration.ofMinutes(1));
        assertArrayEquals(body, out.toByteArray());
    }

    @Test
    void oneByteMoreIsTooMuch() {
        InputStream body = new ByteArrayInputStream(new byte[LARGEST + 1]);
        assertEquals(ProblemCode.TOO_LARGE, refused(body, Duration.ofMinutes(1)));
    }

    @Test
    void aBodyThatTakesTooLongIsGivenUp() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                return 1;
            }
        };
        assertEquals(ProblemCode.TOO_SLOW, refused(endless, Duration.ofMillis(1)));
    }

    @Test
    void anAnnouncedSizeIsChecked() {
        assertDoesNotThrow(() -> BodyReader.checkSize(LARGEST, LARGEST));
        assertDoesNotThrow(() -> BodyReader.checkSize(-1, LARGEST));
        assertThrows(ProblemException.class, () -> BodyReader.checkSize(LARGEST + 1, LARGEST));
    }

    private ProblemCode refused(InputStream body, Duration slowest) {
        return assertThrows(ProblemException.class, () -> BodyReader.copy(body, out, LARGEST, slowest))
                .code();
    }
}
