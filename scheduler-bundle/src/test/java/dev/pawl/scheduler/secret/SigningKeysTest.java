package dev.pawl.scheduler.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.KeptSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SigningKeysTest {

    @TempDir
    Path folder;

    private Path file;
    private SigningKeys keys;

    @BeforeEach
    void open() {
        file = folder.resolve(SigningKeys.NAME);
        Vault vault = new Vault(KeyFile.inMemory());
        String sealed = new KeptSecrets(name -> Optional.empty(), vault).sealed("ci", "the value of ci");
        KeptSecret secret = new KeptSecret("ci", sealed, Set.of("m"), Instant.EPOCH, "ann");
        keys = new SigningKeys(
                new KeptSecrets(name -> name.equals("ci") ? Optional.of(secret) : Optional.empty(), vault), file);
    }

    private static JobRequest request(@Nullable String secret, String... modules) {
        return JobRequest.builder(List.of(modules).stream()
                        .map(module -> new Task(module, Map.of()))
                        .toList())
                .callback(new Callback("https://a.example/", CallbackEvent.ENDS, secret))
                .build();
    }

    private ProblemException refusal(JobRequest request) {
        return assertThrows(ProblemException.class, () -> keys.key(request));
    }

    @Test
    void theServersOwnKeyIsMadeOnceForItsOwnerAlone() throws IOException {
        byte[] first = keys.key(request(null, "m"));
        assertEquals(64, first.length);
        assertArrayEquals(first, keys.key(request(null, "m")));
        assertEquals(
                new String(first, StandardCharsets.US_ASCII),
                Files.readString(file).strip());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void anotherKeyInTheFileIsInForceAtOnce() throws IOException {
        keys.key(request(null, "m"));
        Files.writeString(file, "  another key of mine \r\n");
        assertEquals("another key of mine", new String(keys.key(request(null, "m")), StandardCharsets.UTF_8));
    }

    @Test
    void aFileWithoutAKeyIsAProblemThatRepeatsNothingOfIt() throws IOException {
        for (String damaged : List.of("", "short", "x".repeat(1_001))) {
            Files.writeString(file, damaged);
            ProblemException problem = refusal(request(null, "m"));
            assertEquals(ProblemCode.STORE_UNAVAILABLE, problem.code());
            assertTrue(String.valueOf(problem.getMessage()).contains("16 to 1000 characters"), problem.getMessage());
        }
    }

    @Test
    void aJobSignsWithASecretThatIsForAllItsModules() throws IOException {
        assertEquals("the value of ci", new String(keys.key(request("ci", "m", "m")), StandardCharsets.UTF_8));
        assertTrue(Files.notExists(file), "no other key is made");
        for (JobRequest other : List.of(request("ci", "m", "other"), request("none", "m"))) {
            ProblemException problem = refusal(other);
            assertEquals(ProblemCode.INVALID_JOB, problem.code());
            assertTrue(
                    String.valueOf(problem.getMessage()).startsWith("callback_secret refers to the secret "),
                    problem.getMessage());
        }
    }
}
