package dev.pawl.scheduler.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.NamedSecrets;
import dev.pawl.service.secret.SecretEntry;
import dev.pawl.service.secret.SecretPage;
import dev.pawl.service.store.KeptSecret;
import dev.pawl.store.sqlite.SqliteAudit;
import dev.pawl.store.sqlite.SqliteSecrets;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredSecretsTest {

    private static final String VALUE = "correct-horse-battery";

    @TempDir
    private Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private SqliteStore store;
    private SqliteSecrets rows;
    private StoredSecrets secrets;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("pawl.db"), clock);
        rows = new SqliteSecrets(store);
        secrets = StoredSecrets.open(rows, clock, folder.resolve("secret.key"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void set(String name, String value, @Nullable Set<String> modules) {
        secrets.set(name, value, modules).toCompletableFuture().join();
    }

    private void set(String name, String value) {
        set(name, value, Set.of());
    }

    private KeptSecrets values() {
        return new KeptSecrets(rows::find, new Vault(new KeyFile(folder.resolve("secret.key"), () -> false)));
    }

    private String unreadable(String name) {
        String message = String.valueOf(
                assertThrows(UnreadableSecretException.class, () -> values().value("The value p refers to it, ", name))
                        .getMessage());
        assertFalse(message.contains(VALUE), message);
        return message;
    }

    private List<Boolean> readable() {
        return secrets.page(null, 100).secrets().stream()
                .map(SecretEntry::readable)
                .toList();
    }

    private void assertRefused(ProblemCode code, String name, String value, @Nullable Set<String> modules) {
        ProblemException refused = assertThrows(ProblemException.class, () -> set(name, value, modules));
        assertEquals(code, refused.code());
        assertFalse(value.length() > 3 && refused.getMessage().contains(value), refused.getMessage());
        assertTrue(rows.list("", 10).isEmpty());
    }

    @Test
    void aValueIsReadBackAndIsNowhereOnDisk() throws IOException {
        for (String value :
                List.of(VALUE, "pawl:sealed:1:" + VALUE, "line\nline\r\n" + VALUE, "\u0000\uD83D\uDD11" + VALUE)) {
            set("a", value);
            assertEquals(value, values().value("", "a"));
        }
        store.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(VALUE), file::toString);
            }
        }
        open();
        assertEquals("\u0000\uD83D\uDD11" + VALUE, values().value("", "a"));
    }

    @Test
    void aPageGoesByNameAndShowsNoValue() {
        List.of("b", "a", "C", "d.1", "_x").forEach(name -> set(name, VALUE + name, Set.of("mail", "backup")));
        SecretPage first = secrets.page(null, 2);
        assertEquals(
                List.of("C", "_x"),
                first.secrets().stream().map(SecretEntry::name).toList());
        assertEquals(
                new SecretEntry("C", List.of("backup", "mail"), true, clock.instant(), "server"),
                first.secrets().get(0));
        SecretPage second = secrets.page(first.nextCursor(), 3);
        assertEquals(
                List.of("a", "b", "d.1"),
                second.secrets().stream().map(SecretEntry::name).toList());
        assertNull(second.nextCursor());
    }

    @Test
    void modulesStayUntilOthersAreGiven() {
        set("a", VALUE, Set.of("mail"));
        set("a", VALUE, null);
        assertEquals(Set.of("mail"), rows.find("a").map(KeptSecret::modules).orElseThrow());
        set("a", VALUE, Set.of());
        assertEquals(Set.of(), rows.find("a").map(KeptSecret::modules).orElseThrow());
        set("b", VALUE, null);
        assertEquals(Set.of(), rows.find("b").map(KeptSecret::modules).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "../admin.token",
                ".",
                "-rf",
                "a}",
                "a/b",
                "a%2fb",
                "ä",
                "a\n",
                "a\u0000",
                "'; DROP TABLE secrets; --"
            })
    void hostileNamesAreRefused(String name) {
        assertRefused(ProblemCode.MALFORMED, name, VALUE, null);
        assertThrows(ProblemException.class, () -> secrets.remove(name));
    }

    @Test
    void namesValuesAndModulesHaveLimits() {
        assertRefused(ProblemCode.MALFORMED, "a".repeat(101), VALUE, null);
        assertRefused(ProblemCode.MALFORMED, "a", "", null);
        assertRefused(ProblemCode.MALFORMED, "a", "half \uD83D of it", null);
        assertRefused(ProblemCode.TOO_LARGE, "a", "x".repeat(1 << 20), null);
        assertRefused(ProblemCode.TOO_LARGE, "a", "ä".repeat(NamedSecrets.MOST_BYTES / 2) + "x", null);
        assertRefused(ProblemCode.MALFORMED, "a", VALUE, Set.of("a,b"));
        assertRefused(ProblemCode.MALFORMED, "a", VALUE, Set.of("**"));
        assertRefused(
                ProblemCode.MALFORMED,
                "a",
                VALUE,
                Set.copyOf(IntStream.range(0, 101).mapToObj(i -> "m" + i).toList()));
        String most = "ä".repeat(NamedSecrets.MOST_BYTES / 2);
        set("a".repeat(100), most, Set.of(NamedSecrets.ALL_MODULES));
        assertEquals(most, values().value("", "a".repeat(100)));
    }

    @Test
    void anUnknownSecretCannotBeRemoved() {
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> secrets.remove("a").toCompletableFuture().join());
        assertEquals(ProblemCode.UNKNOWN_SECRET, ((ProblemException) refused.getCause()).code());
    }

    @Test
    void swappedAndDamagedRowsAreNotRead() {
        set("a", VALUE);
        set("b", VALUE + "2");
        KeptSecret a = rows.find("a").orElseThrow();
        KeptSecret b = rows.find("b").orElseThrow();
        put(a, b.sealed());
        put(b, a.sealed());
        assertTrue(unreadable("a").contains("The secret value a does not open with the key"));
        unreadable("b");
        assertEquals(List.of(false, false), readable());

        for (String damaged : List.of(
                "",
                "pawl:sealed:1:",
                "pawl:sealed:1:AAAA",
                "pawl:sealed:1:%%%",
                a.sealed().substring(0, 40),
                VALUE + "3")) {
            put(a, damaged);
            assertFalse(unreadable("a").contains(VALUE));
        }
        char[] flipped = a.sealed().toCharArray();
        flipped[30] = flipped[30] == 'A' ? 'B' : 'A';
        put(a, String.valueOf(flipped));
        unreadable("a");

        put(a, a.sealed());
        assertEquals(VALUE, values().value("", "a"));
        set("b", VALUE);
        assertEquals(List.of(true, true), readable());
    }

    private void put(KeptSecret secret, String sealed) {
        rows.put(
                        new KeptSecret(secret.name(), sealed, secret.modules(), secret.changedAt(), secret.changedBy()),
                        false,
                        null)
                .toCompletableFuture()
                .join();
    }

    @Test
    void withoutItsKeyASecretIsKeptAndNoOtherKeyTakesItsPlace() throws IOException {
        set("a", VALUE);
        Path key = folder.resolve("secret.key");
        Path away = Files.move(key, folder.resolve("away"));
        store.close();
        open();

        assertTrue(unreadable("a").contains("its key " + key + " is not there. Put it back"));
        assertEquals(List.of(false), readable());
        ProblemException refused = assertThrows(ProblemException.class, () -> set("b", VALUE));
        assertEquals(ProblemCode.SECRET_KEY_MISSING, refused.code());
        assertFalse(Files.exists(key));

        Files.writeString(key, "no key");
        ProblemException damaged = assertThrows(ProblemException.class, () -> set("b", VALUE));
        assertEquals(ProblemCode.SECRET_KEY_MISSING, damaged.code());
        assertTrue(damaged.getMessage().contains("holds no key"), damaged.getMessage());
        assertEquals(List.of(false), readable());

        Files.copy(away, key, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals(VALUE, values().value("", "a"));
        set("b", VALUE);

        Files.delete(key);
        store.close();
        open();
        secrets.remove("a").toCompletableFuture().join(); // which is the other remedy
        secrets.remove("b").toCompletableFuture().join();
        set("b", VALUE);
        assertEquals(VALUE, values().value("", "b"));
    }

    @Test
    void aWrongKeyOpensNothing() throws IOException {
        set("a", VALUE);
        Files.delete(folder.resolve("secret.key"));
        new KeyFile(folder.resolve("secret.key"), () -> false).orNew();
        assertTrue(unreadable("a").contains("it was sealed with another one, or changed"));
    }

    @Test
    void partsThatMakeTheKeyAtTheSameTimeMakeOne() {
        List<CompletableFuture<byte[]>> keys = IntStream.range(0, 16)
                .mapToObj(i -> new KeyFile(folder.resolve("secret.key"), () -> false))
                .map(file -> CompletableFuture.supplyAsync(() -> file.orNew().getEncoded()))
                .toList();
        assertEquals(
                1,
                keys.stream()
                        .map(key -> new String(key.join(), StandardCharsets.ISO_8859_1))
                        .distinct()
                        .count());
    }

    @Test
    void eachChangeHasItsEntryInTheAuditWithoutTheValue() {
        AuditedChange set = new AuditedChange(Actor.inside(Door.SHELL), "secret.set", "a", clock.instant());
        set.during(() -> {
            set("a", VALUE, Set.of("mail", "backup"));
            return true;
        });
        AuditedChange removed = new AuditedChange(Actor.inside(Door.SHELL), "secret.remove", "a", clock.instant());
        removed.during(() -> secrets.remove("a").toCompletableFuture().join());

        List<AuditRecord> entries = new SqliteAudit(store).after(0, 10);
        assertEquals(
                List.of("secret.set a for jobs of backup, mail", "secret.remove a "),
                entries.stream()
                        .map(AuditRecord::entry)
                        .map(entry -> entry.action() + " " + entry.target() + " " + entry.detail())
                        .toList());
        assertFalse(set.isOwed());
        assertEquals(Optional.empty(), rows.find("a"));
    }
}
