package dev.pawl.deploy.folder;

import static dev.pawl.deploy.folder.UnsettledFiles.LONGEST_NS;
import static dev.pawl.deploy.folder.UnsettledFiles.SETTLE_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnsettledFilesTest {

    private static final Path JAR = Path.of("alpha.jar");
    private static final long NOW = -5; // a monotonic clock may start at any value
    private static final long TWO_SECONDS = TimeUnit.SECONDS.toNanos(2);

    private final UnsettledFiles files = new UnsettledFiles();

    private List<Path> wholeAt(long moment) {
        return files.takeSettled(moment, file -> true);
    }

    private List<Path> tornAt(long moment) {
        return files.takeSettled(moment, file -> false);
    }

    @Test
    void aFileThatIsMovedHereWholeIsToldAtOnceAndOnce() {
        files.appeared(JAR, NOW);

        assertEquals(List.of(JAR), wholeAt(NOW));
        assertEquals(List.of(), wholeAt(NOW + LONGEST_NS));
    }

    @Test
    void aFileThatIsWrittenIsToldWhenItHasBeenQuiet() {
        files.changed(JAR, NOW);

        assertEquals(SETTLE_NS, files.untilNext(NOW, TWO_SECONDS));
        assertEquals(List.of(), wholeAt(NOW + SETTLE_NS - 1));
        assertEquals(List.of(JAR), wholeAt(NOW + SETTLE_NS));
    }

    @Test
    void aWriterThatRestsForTwoSecondsInMidFileIsWaitedFor() {
        files.changed(JAR, NOW);
        assertEquals(List.of(), tornAt(NOW + TWO_SECONDS));

        files.changed(JAR, NOW + TWO_SECONDS);

        assertEquals(List.of(), tornAt(NOW + LONGEST_NS + SETTLE_NS));
        assertEquals(List.of(JAR), wholeAt(NOW + LONGEST_NS + SETTLE_NS));
    }

    @Test
    void aFileThatNeverBecomesWholeIsToldAsItIs() {
        files.appeared(JAR, NOW);
        files.found(JAR, NOW + SETTLE_NS); // changes nothing

        assertEquals(LONGEST_NS - SETTLE_NS, files.untilNext(NOW, Long.MAX_VALUE));
        assertEquals(List.of(), tornAt(NOW + LONGEST_NS - SETTLE_NS - 1));
        assertEquals(List.of(JAR), tornAt(NOW + LONGEST_NS - SETTLE_NS));
    }
}
