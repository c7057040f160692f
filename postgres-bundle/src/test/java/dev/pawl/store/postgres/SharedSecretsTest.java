package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.pawl.service.store.KeptSecret;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The secrets of two stores on one database. */
@ExtendWith(TestDatabase.class)
class SharedSecretsTest {

    private static final int ROUNDS = 50;

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private PostgresSecrets ofFirst;
    private PostgresSecrets ofSecond;

    @BeforeEach
    void open() {
        ofFirst = new PostgresSecrets(stores.first);
        ofSecond = new PostgresSecrets(stores.second);
    }

    private static KeptSecret secret(String name, String sealed, Set<String> modules) {
        return new KeptSecret(name, sealed, modules, Instant.EPOCH, "ann");
    }

    @Test
    void aValueThatOneServerSetsKeepsTheModulesThatTheOtherNamed() {
        await(ofFirst.put(secret("a", "one", Set.of("mail")), false, null));
        await(ofSecond.put(secret("a", "two", Set.of()), true, null));
        assertEquals(Optional.of(secret("a", "two", Set.of("mail"))), ofFirst.find("a"));
    }

    @Test
    void ofTwoServersThatBeginTogetherTheMarkOfOneKeyIsKept() {
        assertEquals(Optional.empty(), ofFirst.keyMark());
        CompletableFuture<String> one = ofFirst.keepKeyMark("one").toCompletableFuture();
        CompletableFuture<String> other = ofSecond.keepKeyMark("other").toCompletableFuture();
        assertEquals(await(one), await(other));
        assertEquals(Optional.of(await(one)), ofSecond.keyMark());
    }

    @Test
    void ofTwoThatDeleteASecretOneHasDoneIt() {
        for (int round = 0; round < ROUNDS; round++) {
            await(ofFirst.put(secret("a", "one", Set.of()), false, null));
            CompletableFuture<Boolean> one = ofFirst.delete("a", null).toCompletableFuture();
            CompletableFuture<Boolean> other = ofSecond.delete("a", null).toCompletableFuture();
            assertNotEquals(await(one), await(other));
            assertEquals(Optional.empty(), ofSecond.find("a"));
        }
    }
}
