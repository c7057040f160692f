package dev.pawl.it.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code packages/release}: sums, manifest and signature of packages, verified as docs/installing.md says. */
@NeedsProgram({"bash", "tar", "gzip", "sha256sum", "ssh-keygen"})
class ReleaseScriptIT {

    private static final Path SCRIPT =
            Path.of("../packages/release").toAbsolutePath().normalize();

    /** The lines of docs/installing.md between the fences that follow the title. */
    private static final String FENCE = "```sh\n";

    private static final String TITLE = "## What was downloaded";

    @TempDir
    Path folder;

    private Path key;
    private Path release;

    private record Said(int code, String out) {}

    @BeforeEach
    void makeAKey() throws Exception {
        key = folder.resolve("key");
        release = folder.resolve("release");
        assertEquals(
                0,
                run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                        .code());
        Files.writeString(
                folder.resolve("pawl.allowed_signers"), "releases@pawl.dev " + Files.readString(Path.of(key + ".pub")));
    }

    @Test
    void whatItSignsIsVerifiedByTheLinesOfTheManual() throws Exception {
        Said made = release("--key", "key", "1.2.3", "release", archive("one", "{}"), archive("two", "{}"));
        assertEquals(0, made.code(), made.out());
        assertEquals(
                "{}", Files.readString(release.resolve("pawl-1.2.3.cdx.json")).strip());
        JsonNode manifest = new ObjectMapper().readTree(Files.readString(release.resolve("pawl-1.2.3.release.json")));
        assertEquals("1.2.3", manifest.path("version").asText());
        assertTrue(manifest.path("schema_version").asInt() >= 19, manifest::toString);
        assertEquals(3, manifest.path("files").size(), manifest::toString);

        Files.copy(folder.resolve("pawl.allowed_signers"), release.resolve("pawl.allowed_signers"));
        assertEquals(0, verify().code(), () -> verify().out());
        Files.writeString(release.resolve("one.tar.gz"), "another");
        assertTrue(verify().code() != 0, "a changed package is not noticed");
        Files.delete(release.resolve("one.tar.gz"));
        Files.writeString(
                release.resolve("SHA256SUMS"),
                Files.readString(release.resolve("SHA256SUMS")).lines().skip(1).reduce("", (a, b) -> a + b + "\n"));
        assertTrue(verify().code() != 0, "changed sums are not noticed");
    }

    @Test
    void packagesWithDifferentBillsAreRefused() throws Exception {
        Said refused = release("1.2.3", release.toString(), archive("one", "{}"), archive("two", "{\"other\": 1}"));
        assertTrue(refused.code() != 0 && refused.out().contains("the bill of materials in"), refused.out());
    }

    @Test
    void whatIsMissingOrOfAnotherVersionIsNamed() throws Exception {
        assertTrue(release("1.2.3").out().contains("it takes VERSION FOLDER PACKAGE..."));
        assertTrue(release("1 2", release.toString(), "x").out().contains("VERSION is \"1 2\""));
        assertTrue(release("1.2.3", release.toString(), folder + "/none.tar.gz")
                .out()
                .contains("is not there"));
        String package1 = archive("one", "{}");
        assertTrue(release("9.9.9", folder.resolve("r2").toString(), package1)
                .out()
                .contains("is of version 1.2.3"));
    }

    /** Runs the lines of the manual in the folder of the release. */
    private Said verify() {
        try {
            String page = Files.readString(Path.of("../docs/installing.md"));
            String block = page.substring(page.indexOf(FENCE, page.indexOf(TITLE)) + FENCE.length());
            return run(release, "bash", "-e", "-c", block.substring(0, block.indexOf("```")));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An archive with what the script reads of a distribution. */
    private String archive(String name, String bill) throws Exception {
        Path content = Files.createDirectories(folder.resolve(name).resolve("pawl-1.2.3"));
        Files.writeString(content.resolve("VERSION"), "1.2.3\n");
        Files.writeString(content.resolve("sbom.cdx.json"), bill + "\n");
        Path file = folder.resolve(name + ".tar.gz");
        assertEquals(
                0,
                run(folder.resolve(name), "tar", "-czf", file.toString(), "pawl-1.2.3")
                        .code());
        return file.toString();
    }

    private Said release(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return run(folder, command.toArray(String[]::new));
    }

    private static Said run(Path where, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out);
    }
}
