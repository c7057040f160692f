package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list and the download of artifacts, with prepared answers. */
class ArtifactsCommandTest extends ServedCommandTest {
    private static final String JOB = "/jobs/3f2a91c4/artifacts";

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void twoFiles() {
        out = folder.resolve("out");
        server.answer("GET " + JOB, 200, page(entry("pictures/a b.png", "image"), entry("report.txt", "Done.")))
                .answer("GET " + JOB + "/pictures/a%20b.png", 200, "image")
                .answer("GET " + JOB + "/report.txt", 200, "Done.");
    }

    @Test
    void theyAreListedInATable() {
        Pawl.Outcome outcome = pawl.run("artifacts", "3f2a91c4");
        assertEquals("PATH              SIZE  TYPE        TASK", outcome.lines().get(0));
        assertEquals("pictures/a b.png     5  text/plain     1", outcome.lines().get(1));
        assertEquals(3, outcome.lines().size());
        assertEquals(2, pawl.run("artifacts", "3f2a91c4", "pictures").lines().size());
    }

    @Test
    void allAreDownloadedIntoTheFolder() throws Exception {
        Pawl.Outcome outcome = pawl.run("artifacts", "3f2a91c4", "--download=" + out);
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("2 of 2 files are in " + out + ".", outcome.out().strip());
        assertEquals("image", Files.readString(out.resolve("pictures/a b.png")));
        assertEquals("Done.", Files.readString(out.resolve("report.txt")));
        try (var files = Files.list(out)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void aPathAfterTheOptionIsNoFolder() throws Exception {
        Pawl.Outcome outcome = pawl.run("artifacts", "3f2a91c4", "--download=" + out, "report.txt");
        assertEquals("1 of 1 files are in " + out + ".", outcome.out().strip());
        Pawl.Outcome unknown = pawl.run("artifacts", "3f2a91c4", "--download", "other.txt");
        assertEquals(1, unknown.code());
        assertTrue(unknown.err().contains("has no artifact other.txt"), unknown.err());
    }

    @Test
    void aDownloadThatBrokeOffGoesOn() throws Exception {
        Files.createDirectories(out);
        Files.writeString(out.resolve(".pawl-" + sha("Done.") + ".part"), "Do");
        server.answer("GET " + JOB + "/report.txt", 206, "ne.");
        assertEquals(
                0,
                pawl.run("artifacts", "3f2a91c4", "--download=" + out, "report.txt")
                        .code());
        assertEquals(
                "bytes=2-", server.last("GET", JOB + "/report.txt").headers().get("range"));
        assertEquals(
                "\"" + sha("Done.") + "\"",
                server.last("GET", JOB + "/report.txt").headers().get("if-range"));
        assertEquals("Done.", Files.readString(out.resolve("report.txt")));
    }

    @Test
    void aServerThatSendsItFromTheBeginningIsUnderstood() throws Exception {
        Files.createDirectories(out);
        Files.writeString(out.resolve(".pawl-" + sha("Done.") + ".part"), "XX");
        assertEquals(
                0,
                pawl.run("artifacts", "3f2a91c4", "--download=" + out, "report.txt")
                        .code());
        assertEquals("Done.", Files.readString(out.resolve("report.txt")));
    }

    @Test
    void whatHasAnotherDigestIsNotKept() throws Exception {
        server.answer("GET " + JOB + "/report.txt", 200, "Dome.");
        Pawl.Outcome outcome = pawl.run("artifacts", "3f2a91c4", "--download=" + out);
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("report.txt was not downloaded: it arrived with the digest"), outcome.err());
        assertEquals("1 of 2 files are in " + out + ".", outcome.out().strip());
        assertFalse(Files.exists(out.resolve("report.txt")));
    }

    @Test
    void aFileThatIsThereIsLeftAloneAndAnotherOneOnlyReplacedWhenAsked() throws Exception {
        Files.createDirectories(out);
        Files.writeString(out.resolve("report.txt"), "Mine!");
        Pawl.Outcome refused = pawl.run("artifacts", "3f2a91c4", "--download=" + out, "report.txt");
        assertTrue(refused.err().contains("--overwrite replaces it"), refused.err());
        assertEquals("Mine!", Files.readString(out.resolve("report.txt")));
        pawl.run("artifacts", "3f2a91c4", "--download=" + out, "--overwrite", "report.txt");
        assertEquals("Done.", Files.readString(out.resolve("report.txt")));
        server.answer("GET " + JOB + "/report.txt", 500, "{}");
        assertEquals(
                "{\"artifacts\":[{\"path\":\"report.txt\",\"file\":\"" + out.resolve("report.txt")
                        + "\",\"outcome\":\"present\"}]}",
                pawl.run("artifacts", "3f2a91c4", "--download=" + out, "-o", "json", "report.txt")
                        .out()
                        .strip());
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws Exception {
        Files.createDirectories(out);
        Files.createSymbolicLink(out.resolve("link"), folder);
        server.answer(
                "GET " + JOB,
                200,
                page(entry("../evil", "x"), entry("/evil", "x"), entry("a/../../evil", "x"), entry("link/evil", "x")));
        Pawl.Outcome outcome = pawl.run("artifacts", "3f2a91c4", "--download=" + out);
        assertEquals("0 of 4 files are in " + out + ".", outcome.out().strip());
        assertFalse(Files.exists(folder.resolve("evil")));
        assertEquals(4, outcome.err().lines().count());
    }

    private static String page(String... entries) {
        return "{\"artifacts\":[" + String.join(",", entries) + "],\"total\":" + entries.length + "}";
    }

    private static String entry(String path, String text) {
        return "{\"path\":\"" + path + "\",\"size\":" + text.length() + ",\"content_type\":\"text/plain\",\"sha256\":\""
                + sha(text) + "\",\"task_index\":0}";
    }

    private static String sha(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
