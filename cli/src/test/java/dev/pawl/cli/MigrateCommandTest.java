package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrateCommandTest {

    private static final String ADDRESS = "postgresql://pawl@db.example.org/pawl";

    @TempDir
    private Path folder;

    private FakeEmbeddedServer embedded;
    private Pawl pawl;

    @BeforeEach
    void prepare() {
        embedded = new FakeEmbeddedServer(URI.create("http://127.0.0.1:1"), folder.toString());
        pawl = new Pawl(folder).with(embedded);
    }

    @Test
    void whatWasMovedIsATableWithHashesAndTheNextSteps() {
        Pawl.Outcome moved = pawl.run("migrate", "--to", ADDRESS);

        assertEquals(0, moved.code(), moved.err());
        assertTrue(moved.out().contains("jobs          2  0123456789abcdef"), moved.out());
        assertFalse(moved.out().contains("fires"), moved.out());
        assertTrue(moved.out().contains("PAWL_STORE_URL=" + ADDRESS), moved.out());
        assertTrue(moved.out().contains("secret.key, tls"), moved.out());
        assertTrue(moved.err().contains("copying jobs (0 of 4 steps)\ncomparing jobs (2 of 4 steps)"), moved.err());
    }

    @Test
    void theWayBackNamesTheFolder() {
        Pawl.Outcome moved = pawl.run("migrate", "--from", ADDRESS);

        assertEquals(0, moved.code(), moved.err());
        assertTrue(moved.out().contains("Moved from " + ADDRESS + " to " + folder), moved.out());
    }

    @Test
    void programsGetTheAnswerAlone() {
        Pawl.Outcome moved = pawl.run("migrate", "--to", ADDRESS, "-o", "json");

        assertTrue(moved.out().startsWith("{"), moved.out());
        assertTrue(moved.out().contains("\"not_in_the_store\""), moved.out());
        assertEquals("", moved.err());
        assertEquals("", pawl.run("migrate", "--to", ADDRESS, "--quiet").out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mysql://pawl@db/pawl", "db.example.org", "postgresql://pawl:geheim@db/pawl", "postgresql://db"})
    void anotherAddressIsRefusedAndItsPasswordIsNotShown(String address) {
        Pawl.Outcome refused = pawl.run("migrate", "--to", address);

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--to"), refused.err());
        assertTrue(refused.err().contains("postgresql://USER@HOST"), refused.err());
        assertFalse(refused.err().contains("geheim"), refused.err());
    }

    @Test
    void oneOfTheDirectionsIsNeeded() {
        assertEquals(2, pawl.run("migrate").code());
        assertEquals(2, pawl.run("migrate", "--to", ADDRESS, "--from", ADDRESS).code());
    }

    @Test
    void aRefusalIsToldAsItIs() {
        embedded.refusing("Servers use the store db: alpha. Stop them first.", 1);

        Pawl.Outcome refused = pawl.run("migrate", "--to", ADDRESS);

        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("Servers use the store db: alpha"), refused.err());
    }
}
