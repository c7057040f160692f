package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A jar of the modules folder that is slowly overwritten in place, as scp does over a slow connection. */
final class TornJarTest {

    private static final int PARTS = 8;

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private static ModuleJarBuilder jar(String version, int seed) {
        ModuleJarBuilder jar = module("alpha").version(version);
        Random random = new Random(seed);
        for (int n = 0; n < 4; n++) {
            byte[] content = new byte[20_000 + 100 * seed];
            random.nextBytes(content);
            jar.entry("data" + n, content);
        }
        return jar;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isTakenWhenItIsWholeAndRefusedAtNoMoment(boolean cutFirst) throws Exception {
        Path dropped = server.drop(jar("1.0.0", 1), "alpha.jar");
        eventually(() -> assertEquals(Optional.of("1.0.0"), server.serving("alpha")));
        byte[] next = jar("2.0.0", 2).bytes();

        try (RandomAccessFile file = new RandomAccessFile(dropped.toFile(), "rw")) {
            if (cutFirst) {
                file.setLength(0); // as cp does; scp overwrites without truncating first
            }
            for (int part = 0; part < PARTS; part++) {
                int from = next.length / PARTS * part;
                int to = part == PARTS - 1 ? next.length : next.length / PARTS * (part + 1);
                file.write(next, from, to - from);
                LockSupport.parkNanos(
                        TimeUnit.MILLISECONDS.toNanos(30)); // a slow connection: longer than a file takes to settle
            }
        }

        eventually(() -> assertEquals(Optional.of("2.0.0"), server.serving("alpha")));
        eventually(() -> assertEquals( // the module is available before its record is written
                List.of("UPDATE DONE", "INSTALL DONE"),
                server.deployer.history("alpha", 10).stream()
                        .map(line -> line.action() + " " + line.outcome())
                        .toList()));
    }
}
