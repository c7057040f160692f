package dev.pawl.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests of commands that talk to a server: it gives prepared answers, and the command has an empty data folder. */
public abstract class ServedCommandTest {

    @RegisterExtension
    protected final FakeServer server = new FakeServer();

    protected Pawl pawl;

    @BeforeEach
    void serve(@TempDir Path folder) {
        pawl = Pawl.of(server, folder);
    }
}
