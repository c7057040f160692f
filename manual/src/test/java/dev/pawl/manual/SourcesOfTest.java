package dev.pawl.manual;

import java.io.IOException;
import java.nio.file.Path;

/** The sources of the manual, and what is made of them, read once for all tests. */
final class SourcesOfTest {

    /** The root of the sources. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static final Sources SOURCES;
    static final Manual MANUAL;

    static {
        try {
            SOURCES = Sources.read(ROOT, ManualBuild.generated(ROOT));
            MANUAL = Manual.of(SOURCES);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SourcesOfTest() {}
}
