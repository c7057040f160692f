package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.store.KeptSecret;
import dev.pawl.service.store.SecretStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of every store of secrets, as tests. The tests of a store have one subclass, which opens it. */
public abstract class SecretStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** The store under test. */
    protected abstract SecretStore secrets();

    /** The audit log beside it. */
    protected abstract AuditLog audit();

    /** Closes both and opens them again, with their contents. */
    protected abstract void reopen();

    @Test
    void aSecretIsFoundAsItWasPutAlsoAfterAReopening() {
        KeptSecret secret = secret("a", "sealed", Set.of("mail", "backup"));
        await(secrets().put(secret, false, null));
        assertEquals(Optional.of(secret), secrets().find("a"));
        assertEquals(Optional.empty(), secrets().find("A"));
        reopen();
        assertEquals(Optional.of(secret), secrets().find("a"));
    }

    @Test
    void aSecondPutReplacesAllOrAllButTheModules() {
        await(secrets().put(secret("a", "one", Set.of("mail")), true, null));
        assertEquals(Set.of("mail"), secrets().find("a").orElseThrow().modules());
        KeptSecret later = new KeptSecret("a", "two", Set.of(), NOW.plusSeconds(1), "ann");
        await(secrets().put(later, true, null));
        assertEquals(
                new KeptSecret("a", "two", Set.of("mail"), NOW.plusSeconds(1), "ann"),
                secrets().find("a").orElseThrow());
        await(secrets().put(later, false, null));
        assertEquals(later, secrets().find("a").orElseThrow());
    }

    @Test
    void theListIsInTheOrderOfNamesAfterAName() {
        List.of("b", "a", "c", "B").forEach(name -> await(secrets().put(secret(name, name, Set.of()), false, null)));
        assertEquals(List.of("B", "a", "b"), names("", 3));
        assertEquals(List.of("c"), names("b", 3));
        assertEquals(List.of(), names("c", 3));
    }

    @Test
    void aDeletedSecretIsGoneAndWhetherThereWasOneIsSaid() {
        await(secrets().put(secret("a", "sealed", Set.of()), false, null));
        assertTrue(await(secrets().delete("a", null)));
        assertFalse(await(secrets().delete("a", null)));
        reopen();
        assertEquals(Optional.empty(), secrets().find("a"));
    }

    @Test
    void eachChangeBringsItsEntryAndWhatChangesNothingBringsNone() {
        assertEquals(List.of(), audit().after(0, 10));
        await(secrets().put(secret("a", "sealed", Set.of()), false, change("secret.set")));
        await(secrets().delete("a", change("secret.remove")));
        await(secrets().delete("a", change("secret.remove")));
        reopen();
        assertEquals(
                List.of("secret.set", "secret.remove"),
                audit().after(0, 10).stream()
                        .map(record -> record.entry().action())
                        .toList());
    }

    private static AuditedChange change(String action) {
        return new AuditedChange(Actor.inside(Door.SHELL), action, "a", NOW);
    }

    private List<String> names(String after, int limit) {
        return secrets().list(after, limit).stream().map(KeptSecret::name).toList();
    }

    private static KeptSecret secret(String name, String sealed, Set<String> modules) {
        return new KeptSecret(name, sealed, modules, NOW, "admin");
    }
}
