package dev.pawl.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log file of the standard log, which others roll while the server writes. */
final class LogFileAppenderTest {

    private static final int WRITERS = 3;
    private static final int ROLLS = 4;
    private static final Pattern LINE = Pattern.compile("line (\\d+-\\d+)$");

    @TempDir
    private Path folder;

    private final LoggerContext context = new LoggerContext();
    private Logger log;

    @BeforeEach
    void configure() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty(StandardLog.LEVEL, "INFO");
        context.putProperty(StandardLog.CONSOLE_LEVEL, "OFF");
        context.putProperty(StandardLog.FOLDER, folder.toString());
        StandardLog.configure(context);
        log = context.getLogger("dev.pawl.Rolled");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Path file() {
        return folder.resolve("pawl.log");
    }

    @Test
    void noLineIsLostOrDoubledWhileTheFileIsRenamedAgainAndAgain() throws Exception {
        List<CompletableFuture<Integer>> writers = new ArrayList<>();
        CompletableFuture<Void> rolled = new CompletableFuture<>();
        for (int n = 0; n < WRITERS; n++) {
            int writer = n;
            writers.add(CompletableFuture.supplyAsync(() -> write(writer, rolled)));
        }
        for (int roll = 0; roll < ROLLS; roll++) {
            Eventually.eventually("there are lines", () -> Files.exists(file()) && Files.size(file()) > 10_000);
            Files.move(file(), folder.resolve("pawl.log." + roll));
        }
        Eventually.eventually("there are lines again", () -> Files.exists(file()) && Files.size(file()) > 0);
        rolled.complete(null);
        int written = 0;
        for (CompletableFuture<Integer> writer : writers) {
            written += writer.get();
        }

        List<String> lines = lines();
        assertEquals(written, lines.size(), "each line is there once");
        assertEquals(written, new TreeSet<>(lines).size());
    }

    @Test
    void aFileThatIsCopiedAndCutOffIsWrittenFromItsBeginning() throws Exception {
        log.info("line 1-1");
        Files.copy(file(), folder.resolve("pawl.log.1"));
        try (FileChannel cut = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            cut.truncate(0);
        }
        log.info("line 1-2");

        assertEquals(1, Files.readAllLines(file()).size());
        assertFalse(Files.readString(file()).contains("\0"), "no hole is left");
        assertEquals(List.of("1-1", "1-2"), lines().stream().sorted().toList());
    }

    @Test
    void aDiskThatIsFullStopsNobodyAndLinesComeWhenThereIsRoom() throws Exception {
        Files.delete(file());
        Files.createSymbolicLink(file(), Path.of("/dev/full"));
        Eventually.eventually("the full disk is written to", () -> {
            log.info("lost");
            return isOnDevice();
        });
        for (int n = 0; n < 10_000; n++) {
            log.info("lost {}", n);
        }
        Files.delete(file());

        Eventually.eventually("lines are written again", () -> {
            log.info("line 1-1");
            return Files.exists(file()) && Files.readString(file()).contains("line 1-1");
        });
    }

    /** Whether this process has the device open. */
    private static boolean isOnDevice() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(Path.of("/dev/full"));
                } catch (IOException closedMeanwhile) {
                    return false;
                }
            });
        }
    }

    /** Writes until the end of the rolls; returns the number of lines. */
    private int write(int writer, CompletableFuture<Void> end) {
        int n = 0;
        while (!end.isDone()) {
            log.info("line {}-{}", writer, ++n);
        }
        return n;
    }

    /** The numbers of the lines in all files. */
    private List<String> lines() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher matcher = LINE.matcher(line);
                    assertTrue(matcher.find(), line);
                    found.add(matcher.group(1));
                }
            }
        }
        return found;
    }
}
