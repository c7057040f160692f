package dev.pawl.http.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=2-4, 2, 3",
        "bytes=2-, 2, 8",
        "bytes=-3, 7, 3",
        "bytes=-99, 0, 10",
        "bytes=9-99999999999999999999999, 9, 1",
        "BYTES = 0 - 000000000000000000000000003, 0, 4",
    })
    void onePartIsCutToTheFile(String header, long from, long length) {
        assertEquals(Optional.of(new ByteRange(from, length)), ByteRange.of(header, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-11", "bytes=-0", "bytes=99999999999999999999999-"})
    void aPartBeyondTheEndIsNotSatisfiable(String header) {
        assertFalse(ByteRange.of(header, 10).orElseThrow().isSatisfiable());
    }

    @Test
    void anEmptyFileHasNoPart() {
        assertFalse(ByteRange.of("bytes=0-", 0).orElseThrow().isSatisfiable());
        assertFalse(ByteRange.of("bytes=-1", 0).orElseThrow().isSatisfiable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,4-5", "lines=1-2", "bytes=", "bytes=-", "bytes=4-2", "bytes=a-b", "0-1", ""})
    void severalPartsAndWhatIsBrokenGetTheWholeFile(String header) {
        assertEquals(Optional.empty(), ByteRange.of(header, 10));
    }
}
