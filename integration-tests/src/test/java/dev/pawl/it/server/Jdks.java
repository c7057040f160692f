package dev.pawl.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The Java installations of this machine that Pawl runs on. */
public final class Jdks {

    private static final int OLDEST = 17;

    private Jdks() {}

    /** The home of the Java that runs the tests; under {@code -Pnightly} those of {@link #oldestAndNewest()}. */
    public static Stream<Path> homes() {
        return Effort.isNightly() ? oldestAndNewest() : Stream.of(Path.of(System.getProperty("java.home")));
    }

    /** The homes of the oldest and the newest feature release; one where they are the same. */
    public static Stream<Path> oldestAndNewest() {
        TreeMap<Integer, Path> found = new TreeMap<>();
        found.put(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
        Path shared = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(shared)) {
            try (Stream<Path> candidates = Files.list(shared)) {
                candidates.sorted().forEach(home -> {
                    int feature = feature(home);
                    if (feature >= OLDEST) {
                        found.putIfAbsent(feature, home);
                    }
                });
            } catch (IOException e) {
                throw new IllegalStateException("Cannot list " + shared, e);
            }
        }
        return Stream.of(found.firstEntry(), found.lastEntry()).distinct().map(Map.Entry::getValue);
    }

    private static int feature(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return 0;
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            return 0;
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Runtime.Version.parse(version.replaceAll("[^0-9.].*", "")).feature();
    }
}
