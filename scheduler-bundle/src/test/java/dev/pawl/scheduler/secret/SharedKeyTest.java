package dev.pawl.scheduler.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.KeptSecret;
import dev.pawl.service.store.SecretStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedKeyTest {

    @TempDir
    Path folder;

    private final Shared store = new Shared();
    private Path first;
    private Path second;

    /** The part of a shared store that keys have to do with. */
    private static final class Shared implements SecretStore {
        private final AtomicReference<@Nullable String> mark = new AtomicReference<>();
        private @Nullable String ofAnother; // who comes between the look and the mark

        @Override
        public Optional<String> keyMark() {
            return Optional.ofNullable(mark.get());
        }

        @Override
        public CompletionStage<String> keepKeyMark(String sealed) {
            mark.compareAndSet(null, ofAnother == null ? sealed : ofAnother);
            return CompletableFuture.completedStage(String.valueOf(mark.get()));
        }

        @Override
        public Optional<KeptSecret> find(String name) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Void> put(KeptSecret secret, boolean keepsModules, @Nullable AuditedChange change) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change) {
            return CompletableFuture.completedStage(false);
        }

        @Override
        public List<KeptSecret> list(String after, int limit) {
            return List.of();
        }
    }

    @BeforeEach
    void makeFolders() throws IOException {
        first = Files.createDirectory(folder.resolve("first")).resolve(KeyFile.NAME);
        second = Files.createDirectory(folder.resolve("second")).resolve(KeyFile.NAME);
    }

    private void start(Path key) {
        SharedKey.require(store, new Vault(new KeyFile(key, () -> false)), key);
    }

    private void assertRefused(Path key) {
        ProblemException refused = assertThrows(ProblemException.class, () -> start(key));
        assertEquals(ProblemCode.SECRET_KEY_MISSING, refused.code());
        String why = String.valueOf(refused.getMessage());
        assertTrue(why.contains("Copy secret.key from the data folder of another server"), why);
        assertTrue(why.contains(key.toString()), why);
    }

    @Test
    void theFirstServerMakesTheKeyAndStartsAgainWithIt() {
        start(first);
        assertTrue(Files.exists(first));
        start(first);
    }

    @Test
    void aServerWithoutTheKeyDoesNotStartAndMakesNone() {
        start(first);
        assertRefused(second);
        assertFalse(Files.exists(second));
    }

    @Test
    void aServerWithAnotherKeyDoesNotStartBeforeItHasTheSame() throws IOException {
        new KeyFile(second, () -> false).orNew();
        start(first);
        assertRefused(second);
        Files.copy(first, second, StandardCopyOption.REPLACE_EXISTING);
        start(second);
    }

    @Test
    void ofTwoServersThatStartForTheFirstTimeTogetherOneDoes() {
        start(first);
        store.ofAnother = store.mark.getAndSet(null);
        assertRefused(second);
        start(first);
    }

    @Test
    void aDamagedKeyIsRefused() throws IOException {
        start(first);
        Files.writeString(first, "none");
        assertRefused(first);
    }
}
