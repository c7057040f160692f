package dev.pawl.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Base of the tests of commands that call a server: the server gives prepared answers, and the data folder is empty. */
public abstract class ServedCommandTest {

    @RegisterExtension
    protected final FakeServer server = new FakeServer();

    protected Pawl pawl;

    @BeforeEach
    void serve(@TempDir Path folder) {
        pawl = Pawl.of(server, folder);
    }
}
