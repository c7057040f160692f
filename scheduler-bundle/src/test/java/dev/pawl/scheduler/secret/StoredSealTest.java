package dev.pawl.scheduler.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.hook.MissingValue;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.KeptHook;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.store.sqlite.SqliteHooks;
import dev.pawl.store.sqlite.SqliteNotifications;
import dev.pawl.store.sqlite.SqliteSecrets;
import dev.pawl.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredSealTest {

    @TempDir
    private Path folder;

    private SqliteStore store;
    private SqliteHooks hooks;
    private StoredSeal seal;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("pawl.db"), InstantSource.system());
        hooks = new SqliteHooks(store);
        seal = seal();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StoredSeal seal() {
        return StoredSeal.open(
                new SqliteSecrets(store), hooks, new SqliteNotifications(store), folder.resolve(KeyFile.NAME));
    }

    @Test
    void aSecretOpensInItsPlaceAlone() {
        String sealed = seal.sealed("hook a", "geheim");
        assertFalse(sealed.contains("geheim"));
        assertEquals("geheim", seal().opened("hook a", sealed));
        var refused = assertThrows(ProblemException.class, () -> seal.opened("hook b", sealed));
        assertEquals(ProblemCode.SECRET_UNREADABLE, refused.code());
    }

    @Test
    void aReferenceIsFollowedEachTimeAndOneThatLeadsNowhereIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("secret.txt"), "one\n");
        String sealed = seal.sealed("hook a", "${file:" + file + "}");
        assertEquals("one", seal.opened("hook a", sealed));
        Files.writeString(file, "two");
        assertEquals("two", seal.opened("hook a", sealed));
        Files.delete(file);
        var refused = assertThrows(ProblemException.class, () -> seal.opened("hook a", sealed));
        assertEquals(ProblemCode.SECRET_UNREADABLE, refused.code());
    }

    @Test
    void noOtherKeyTakesThePlaceOfALostOneWhileThereAreHooks() throws Exception {
        keep(new HookAuth(HookScheme.GITHUB, null, seal.sealed("hook a", "geheim"), null));
        Files.delete(folder.resolve(KeyFile.NAME));
        var refused = assertThrows(ProblemException.class, () -> seal().sealed("hook b", "other"));
        assertEquals(ProblemCode.SECRET_KEY_MISSING, refused.code());
        assertFalse(Files.exists(folder.resolve(KeyFile.NAME)));
    }

    @Test
    void theFirstKeyIsMadeAlthoughThereAreHooksWithoutASecret() {
        keep(new HookAuth(HookScheme.NONE, null, null, null));
        String sealed = seal.sealed("hook b", "geheim");
        assertEquals("geheim", seal().opened("hook b", sealed));
    }

    private void keep(HookAuth auth) {
        HookRequest request = new HookRequest(
                "a",
                JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                List.of(),
                MissingValue.REFUSE,
                auth,
                null,
                HookRequest.USUAL,
                List.of(),
                null,
                false);
        hooks.put(new KeptHook(request, 0, Instant.EPOCH, null), null)
                .toCompletableFuture()
                .join();
    }

    @Test
    void noOtherKeyIsMadeWhileTheAddressOfANotificationIsSealedByALostOne() throws Exception {
        String sealed = seal.sealed("notification ops url", "https://chat.example.com/x");
        NotificationRule rule = new NotificationRule(
                "ops",
                Set.of(NotificationEvent.FAILED),
                null,
                null,
                Set.of(),
                null,
                new NotificationTarget(NotificationFormat.SLACK, sealed, null, List.of()),
                Duration.ZERO,
                Duration.ZERO,
                false);
        new SqliteNotifications(store)
                .put(new KeptNotificationRule(rule, "chat.example.com:443", 0, Instant.EPOCH, null), null)
                .toCompletableFuture()
                .join();
        Files.delete(folder.resolve(KeyFile.NAME));
        var refused = assertThrows(ProblemException.class, () -> seal().sealed("notification ops url", "other"));
        assertEquals(ProblemCode.SECRET_KEY_MISSING, refused.code());
    }
}
