package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeCommandTest {

    @TempDir
    private Path folder;

    @RegisterExtension
    final FakeServer server = new FakeServer();

    @Test
    void aMigrationIsToldBeforeItIsDone() {
        Pawl.Outcome told = pawl(embedded()).run("upgrade", "--check");

        assertEquals(0, told.code(), told::err);
        assertTrue(told.out().contains("17; this release has 19"), told.out());
        assertTrue(told.out().contains("3 MiB, made first"), told.out());
        assertTrue(told.out().contains("migrates the store from schema version 17 to 19, and opens it."), told.out());
    }

    @Test
    void littleRoomIsToldAndARunningServerToo() {
        Pawl.Outcome told = pawl(embedded()
                        .upgrading("room_bytes", 4_000_000L)
                        .upgrading("running", Map.of("pid", "42", "url", "http://127.0.0.1:8420")))
                .run("upgrade", "--check");

        assertTrue(told.out().contains("up to twice the room of the backup"), told.out());
        assertTrue(told.out().contains("process 42 at http://127.0.0.1:8420"), told.out());
        assertTrue(told.out().contains("Stop it before another release is started on it."), told.out());
    }

    @Test
    void aStoreThatWouldBeRefusedEndsWithCodeOneAndTheReason() {
        Pawl.Outcome told = pawl(embedded()
                        .upgrading("verdict", "refuses")
                        .upgrading("reason", "The store is of Pawl 0.3.0; this is Pawl 0.2.0."))
                .run("upgrade", "--check");

        assertEquals(1, told.code());
        assertTrue(told.out().contains("The store is of Pawl 0.3.0; this is Pawl 0.2.0."), told.out());
    }

    @Test
    void withoutCheckNothingIsDoneAndTheNextStepIsNamed() {
        Pawl.Outcome refused = pawl(embedded()).run("upgrade");

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("`pawl upgrade --check`"), refused.err());
    }

    @ParameterizedTest
    @CsvSource({
        "0.3.0, 20, true, Pawl 0.3.0 is newer than 0.2.0; it would migrate the store from schema version 17 to 20.",
        "0.2.1, 17, true, Pawl 0.2.1 is newer than 0.2.0; it has no migration to do.",
        "0.2.0, 19, false, Pawl 0.2.0 is this release.",
        "0.2.0-rc.1, 19, false, Pawl 0.2.0-rc.1 is older than 0.2.0; it would migrate the store from schema version 17 to 19.",
        "0.1.9, 16, false, 'Pawl 0.1.9 is older than 0.2.0; it refuses this store, whose schema version it does not know.'"
    })
    void aReleaseIsComparedWithThisOne(String version, int schema, boolean newer, String sentence) throws Exception {
        Path manifest = manifest("""
                {"product": "pawl", "version": "%s", "schema_version": %d, "files": []}
                """.formatted(version, schema));

        String file = manifest.toString();
        assertTrue(
                pawl(embedded()).run("upgrade", "--check", "--from", file).out().contains(sentence));
        String json = pawl(embedded())
                .run("upgrade", "--check", "--from", file, "-o", "json")
                .out();
        assertTrue(json.contains("\"newer\": " + newer) || json.contains("\"newer\":" + newer), json);
    }

    @Test
    void aManifestMayComeFromAnAddress() {
        server.answer(
                "GET /pawl.release.json", 200, "{\"product\":\"pawl\",\"version\":\"1.0.0\",\"schema_version\":30}");

        Pawl.Outcome told = pawl(embedded()).run("upgrade", "--check", "--from", server.url() + "/pawl.release.json");

        assertTrue(told.out().contains("Pawl 1.0.0 is newer than 0.2.0"), told::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing | is not JSON",
                "{} | has no \"product\": \"pawl\"",
                "[] | has no \"product\": \"pawl\"",
                "{\"product\": \"pawl\"} | has the version \"\", and not one such as 1.2.3",
                "{\"product\": \"pawl\", \"version\": \"1\", \"schema_version\": 1} | has the version \"1\"",
                "{\"product\": \"pawl\", \"version\": \"1.0.0\", \"schema_version\": 1.5} | has the schema_version 1.5",
                "{\"product\": \"pawl\", \"version\": \"1.0.0\", \"schema_version\": 99999999999} | has the schema_version"
            })
    void whatIsNoManifestIsRefusedWithItsPlace(String text, String reason) throws Exception {
        Path manifest = manifest(text);

        Pawl.Outcome refused = pawl(embedded()).run("upgrade", "--check", "--from", manifest.toString());

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--from is \"" + manifest + "\", which " + reason), refused.err());
        assertEquals("", refused.out());
    }

    @Test
    void aPlaceWithoutAManifestIsRefused() {
        for (String place :
                new String[] {folder + "/none.json", server.url() + "/none.json", "http://", "http://127.0.0.1:1/x"}) {
            Pawl.Outcome refused = pawl(embedded()).run("upgrade", "--check", "--from", place);
            assertEquals(2, refused.code(), place);
            assertTrue(refused.err().contains("--from is \"" + place + "\", which cannot be read"), refused.err());
        }
    }

    private FakeEmbeddedServer embedded() {
        return new FakeEmbeddedServer(server.url(), folder.toString());
    }

    private Pawl pawl(FakeEmbeddedServer embedded) {
        return new Pawl(folder).with(embedded);
    }

    private Path manifest(String text) throws IOException {
        return Files.writeString(folder.resolve("pawl.release.json"), text);
    }
}
