package dev.pawl.scheduler.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.fake.MemoryDocumentStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of callbacks on servers that share a store and the key of secrets. */
class SharedSigningKeyTest {

    private static final JobRequest REQUEST =
            JobRequest.builder(List.of(new Task("m", Map.of()))).build();
    private static final String FORMER = "the former key of all";
    private static final String LATER = "the later key of all";

    @TempDir
    Path folder;

    private final MemoryDocumentStore store = new MemoryDocumentStore();

    private Path file(String server) throws IOException {
        return Files.createDirectories(folder.resolve(server)).resolve(SigningKeys.NAME);
    }

    private SigningKeys server(String name) throws IOException {
        Vault vault = new Vault(new KeyFile(folder.resolve(KeyFile.NAME), () -> false));
        SigningKeys keys = new SigningKeys(new KeptSecrets(none -> Optional.empty(), vault), file(name));
        keys.shareWith(new KeyFingerprint(store, vault));
        return keys;
    }

    private static String refusal(Executes executes) {
        ProblemException refused = assertThrows(ProblemException.class, executes::run);
        assertEquals(ProblemCode.STORE_UNAVAILABLE, refused.code());
        return String.valueOf(refused.getMessage());
    }

    @FunctionalInterface
    private interface Executes {
        void run() throws IOException;
    }

    @Test
    void theFirstServerThatNeedsAKeyMakesItAndOneWithoutItDoesNotBegin() throws IOException {
        SigningKeys first = server("first");
        SigningKeys second = server("second");
        byte[] key = first.key(REQUEST);
        String missing = refusal(() -> second.key(REQUEST));
        assertTrue(missing.contains(file("second") + ", with which callbacks are signed, is not there"), missing);
        assertTrue(missing.contains("PAWL_CALLBACK_KEY_FILE"), missing);
        assertFalse(Files.exists(file("second")));
        assertEquals(missing.replace("second", "third"), refusal(() -> server("third")));
        Files.copy(file("first"), file("second"));
        Files.copy(file("first"), file("third"));
        assertArrayEquals(key, second.key(REQUEST));
        assertArrayEquals(key, server("third").key(REQUEST));
    }

    @Test
    void aServerWithAnotherKeyDoesNotBegin() throws IOException {
        Files.writeString(file("second"), LATER);
        server("first").key(REQUEST);
        String another = refusal(() -> server("second"));
        assertTrue(another.contains("is not the one that other servers on the store have"), another);
        assertFalse(another.contains(LATER), another);
    }

    @Test
    void aKeyThatIsReplacedOnOneServerIsAwaitedOnTheOthers() throws IOException {
        Files.writeString(file("first"), FORMER);
        Files.writeString(file("second"), FORMER);
        SigningKeys first = server("first");
        SigningKeys second = server("second");
        assertArrayEquals(FORMER.getBytes(StandardCharsets.UTF_8), first.key(REQUEST));
        assertArrayEquals(FORMER.getBytes(StandardCharsets.UTF_8), second.key(REQUEST));
        Files.writeString(file("first"), LATER);
        assertArrayEquals(LATER.getBytes(StandardCharsets.UTF_8), first.key(REQUEST));
        refusal(() -> second.key(REQUEST));
        refusal(() -> server("second"));
        Files.writeString(file("second"), "quite another");
        refusal(() -> second.key(REQUEST));
        Files.writeString(file("second"), LATER);
        assertArrayEquals(LATER.getBytes(StandardCharsets.UTF_8), second.key(REQUEST));
        assertArrayEquals(LATER.getBytes(StandardCharsets.UTF_8), first.key(REQUEST));
    }

    @Test
    void theStoreHasNothingByWhichAKeyCouldBeTried() throws IOException {
        Files.writeString(file("first"), FORMER);
        server("first").key(REQUEST);
        String kept = store.get(KeyFingerprint.OWNER, SigningKeys.NAME).orElseThrow();
        Vault another = new Vault(new KeyFile(folder.resolve("another.key"), () -> false));
        assertFalse(
                kept.contains(another.fingerprint(SigningKeys.NAME, FORMER.getBytes(StandardCharsets.UTF_8))), kept);
    }

    @Test
    void whileTheStoreIsAwayAKeyThatWasComparedIsGoodAndNoOtherIs() throws IOException {
        SigningKeys first = server("first");
        byte[] key = first.key(REQUEST);
        SigningKeys second = server("first");
        second.key(REQUEST);
        store.isAway(true);
        assertArrayEquals(key, second.key(REQUEST));
        Files.writeString(file("first"), LATER);
        refusal(() -> second.key(REQUEST));
        store.isAway(false);
        assertArrayEquals(LATER.getBytes(StandardCharsets.UTF_8), second.key(REQUEST));
    }
}
