package dev.pawl.http.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.fake.FakeDocumentStore;
import dev.pawl.service.access.Bounds;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokensTest {

    @TempDir
    Path folder;

    private final FakeDocumentStore documents = new FakeDocumentStore();
    private Instant now = Instant.parse("2026-01-01T10:00:00Z");
    private Optional<FakeDocumentStore> store = Optional.of(documents);
    private Tokens tokens;

    @BeforeEach
    void start() throws IOException {
        tokens = restarted();
    }

    @Test
    void aTokenIsKnownByItsSecretFromItsCreationOnAndAfterARestart() throws IOException {
        IssuedToken issued = create(new NewToken("ci", Role.OPERATOR, new Bounds(Set.of("a", "b"), true), days(30)));
        Principal expected =
                new Principal(issued.token().principal().id(), "ci", Role.OPERATOR, new Bounds(Set.of("a", "b"), true));
        assertEquals(now.plus(Duration.ofDays(30)), issued.token().expiresAt());
        for (Tokens server : List.of(tokens, restarted())) {
            Credential found = server.find(issued.secret()).orElseThrow();
            assertEquals(expected, found.principal());
            assertTrue(found.isInForce());
        }
    }

    @Test
    void noMoreTokensAreMadeThanThereCanBe() {
        for (int n = 0; n < Tokens.MOST; n++) {
            create(operator("t-" + n));
        }
        ProblemException refused = assertThrows(ProblemException.class, () -> create(operator("one too many")));
        assertEquals(ProblemCode.TOKEN_REFUSED, refused.code());
    }

    @Test
    void theStoreHoldsNoSecret() {
        IssuedToken issued = create(operator("ci"));
        String name = documents.names(Tokens.OWNER).get(0);
        assertEquals(TokenHash.of(issued.secret()).hex(), name);
        assertFalse(documents
                .get(Tokens.OWNER, name)
                .orElseThrow()
                .contains(issued.secret().substring(5)));
        assertTrue(issued.secret().matches("pawl_[A-Za-z0-9_-]{43}"), "256 bits with a prefix");
        assertEquals(name.substring(0, 12), issued.token().principal().id());
    }

    @Test
    void aRevokedTokenHasEndedAtOnceAndStaysSo() throws IOException {
        IssuedToken issued = create(operator("ci"));
        Credential held = tokens.find(issued.secret()).orElseThrow();
        tokens.revoke(issued.token().principal().id()).toCompletableFuture().join();
        assertFalse(held.isInForce());
        assertEquals(Optional.empty(), tokens.find(issued.secret()));
        assertEquals(Optional.empty(), restarted().find(issued.secret()));
        assertEquals(
                ProblemCode.UNKNOWN_TOKEN,
                refusal(() -> tokens.revoke(issued.token().principal().id())));
    }

    @Test
    void aTokenThatCannotBeDeletedIsRefusedAllTheSameAndCanBeRevokedAgain() {
        IssuedToken issued = create(operator("ci"));
        String id = issued.token().principal().id();
        documents.refuseWrites(true);
        assertTrue(tokens.revoke(id).toCompletableFuture().isCompletedExceptionally());
        assertFalse(tokens.find(issued.secret()).orElseThrow().isInForce());
        documents.refuseWrites(false);
        tokens.revoke(id).toCompletableFuture().join();
        assertEquals(List.of(), documents.names(Tokens.OWNER));
    }

    @Test
    void aTokenEndsByItself() {
        IssuedToken issued = create(new NewToken("ci", Role.VIEWER, Bounds.NONE, days(1)));
        now = now.plus(Duration.ofDays(1)).minusMillis(1);
        assertTrue(tokens.find(issued.secret()).orElseThrow().isInForce());
        now = now.plusMillis(1);
        assertFalse(tokens.find(issued.secret()).orElseThrow().isInForce());
    }

    @Test
    void aDamagedEntryIsRefusedAndNoOther() throws IOException {
        IssuedToken good = create(operator("good"));
        List<String> damaged = List.of(
                "{\"name\": \"odd\", \"role\": \"king\"}",
                "{\"name\": \"odd\", \"role\": \"anyone\"}",
                "{\"name\": 1, \"role\": \"viewer\"}",
                "{\"role\": \"viewer\"}",
                "{\"name\": \"odd\", \"role\": \"admin\", \"modules\": \"all\", \"own_jobs\": false}",
                "{\"name\": \"odd\", \"role\": \"admin\", \"modules\": [1], \"own_jobs\": false}",
                "{\"name\": \"odd\", \"role\": \"admin\", \"expires_at\": \"soon\"}",
                "[]",
                "");
        for (int i = 0; i < damaged.size(); i++) {
            documents.put(Tokens.OWNER, TokenHash.of("odd " + i).hex(), damaged.get(i));
        }
        documents.put(Tokens.OWNER, "no hash", "{\"name\": \"odd\", \"role\": \"viewer\"}");
        Tokens server = restarted();
        assertTrue(server.find(good.secret()).isPresent());
        for (int i = 0; i < damaged.size(); i++) {
            assertEquals(Optional.empty(), server.find("odd " + i), damaged.get(i));
        }
        server.revoke(TokenHash.of("odd 0").id()).toCompletableFuture().join();
        assertEquals(
                Optional.empty(),
                documents.get(Tokens.OWNER, TokenHash.of("odd 0").hex()));
    }

    @Test
    void tenThousandTokensArePagedByNameAndNoneIsReadFromTheStoreForARequest() throws IOException {
        List<IssuedToken> issued = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            issued.add(create(operator("token " + i % 5_000)));
        }
        Tokens server = restarted();
        List<String> names = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            TokenPage page = server.page(cursor, 999);
            page.tokens().forEach(token -> names.add(token.principal().name()));
            cursor = Optional.ofNullable(page.nextCursor());
        } while (cursor.isPresent());
        assertEquals(10_001, names.size(), "with the one of the data folder");
        assertEquals(names.stream().sorted().toList(), names);
        int reads = documents.reads();
        for (IssuedToken one : issued) {
            assertEquals(
                    one.token().principal(),
                    server.find(one.secret()).orElseThrow().principal());
            assertEquals(Optional.empty(), server.find(one.secret() + "x"));
        }
        assertEquals(reads, documents.reads());
    }

    @Test
    void usesAreStoredWhenTheMinuteIsOverAndNotWithTheRequest() throws IOException {
        IssuedToken issued = create(operator("ci"));
        int writes = documents.writes();
        now = now.plusSeconds(7);
        tokens.find(issued.secret());
        tokens.find(issued.secret());
        assertEquals(writes, documents.writes());
        tokens.saveUses();
        tokens.saveUses();
        assertEquals(writes + 1, documents.writes());
        assertEquals(Optional.of(now), lastUse(restarted(), issued));
    }

    @Test
    void aUseThatIsStoredLateDoesNotBringBackARevokedToken() throws IOException {
        IssuedToken issued = create(operator("ci"));
        tokens.find(issued.secret());
        tokens.revoke(issued.token().principal().id());
        tokens.saveUses();
        assertEquals(List.of(), documents.names(Tokens.OWNER));
    }

    @Test
    void aTokenOfAnotherServerIsKnownAtOnceAndItsEndWithTheNextLook() throws IOException {
        Tokens other = another();
        create(operator("earlier"));
        assertEquals(2, other.page(Optional.empty(), 10).tokens().size());
        IssuedToken issued = create(operator("ci"));
        documents.changedElsewhere(Tokens.OWNER);
        Credential held = other.find(issued.secret()).orElseThrow();
        now = now.plusSeconds(7);
        tokens.find(issued.secret());
        tokens.saveUses();
        documents.changedElsewhere(Tokens.OWNER);
        assertEquals(Optional.of(now), lastUse(other, issued), "it was used with the other server");
        tokens.revoke(issued.token().principal().id()).toCompletableFuture().join();
        documents.changedElsewhere(Tokens.OWNER);
        other.look();
        assertFalse(held.isInForce());
        assertEquals(Optional.empty(), other.find(issued.secret()));
        int reads = documents.reads();
        other.look();
        assertEquals(reads, documents.reads());
    }

    @Test
    void aUseWithAnotherServerDoesNotBringBackARevokedToken() throws IOException {
        IssuedToken issued = create(operator("ci"));
        Tokens other = another();
        now = now.plusSeconds(7);
        assertTrue(other.find(issued.secret()).isPresent());
        tokens.revoke(issued.token().principal().id()).toCompletableFuture().join();
        other.saveUses();
        assertEquals(List.of(), documents.names(Tokens.OWNER));
    }

    @Test
    void theAdminTokenOfEachServerIsInItsOwnFolder() throws IOException {
        Tokens other = another();
        String one = Files.readString(folder.resolve("admin.token")).strip();
        String second = Files.readString(folder.resolve("other/admin.token")).strip();
        assertNotEquals(one, second);
        tokens.rotate();
        tokens.look();
        other.look();
        assertTrue(other.find(second).orElseThrow().isInForce());
        assertEquals(Optional.empty(), tokens.find(second), "a server lets in the admin of its own folder alone");
        assertEquals(List.of(), documents.names(Tokens.OWNER));
    }

    @Test
    void withoutTheStoreAGoodTokenIsNotTakenForAWrongOne() {
        IssuedToken issued = create(operator("ci"));
        store = Optional.empty();
        assertTrue(tokens.find(issued.secret()).isPresent(), "it is in memory");
        assertEquals(ProblemCode.PART_MISSING, refusal(() -> restarted().find(issued.secret())));
    }

    @Test
    void anotherStoreIsReadAndWhatItDoesNotHoldHasEnded() {
        IssuedToken kept = create(operator("kept"));
        IssuedToken gone = create(operator("gone"));
        Credential keptUse = tokens.find(kept.secret()).orElseThrow();
        Credential goneUse = tokens.find(gone.secret()).orElseThrow();
        var other = new FakeDocumentStore();
        String name = TokenHash.of(kept.secret()).hex();
        other.put(Tokens.OWNER, name, documents.get(Tokens.OWNER, name).orElseThrow());
        store = Optional.of(other);
        assertEquals(Optional.empty(), tokens.find(gone.secret()));
        assertTrue(keptUse.isInForce());
        assertFalse(goneUse.isInForce());
    }

    @Test
    void workersOfDifferentTokensAreDifferentOnes() {
        create(new NewToken("gpu", Role.WORKER, Bounds.NONE, Optional.empty()));
        create(new NewToken("gpu", Role.WORKER, Bounds.NONE, Optional.empty())); // its replacement
        create(new NewToken("gpus", Role.WORKER, Bounds.NONE, Optional.empty()));
        create(new NewToken("gpu-1", Role.VIEWER, Bounds.NONE, Optional.empty()));
        for (String name : List.of("gpu-1", "gpu.eu")) {
            assertEquals(
                    ProblemCode.TOKEN_REFUSED,
                    refusal(() -> tokens.create(new NewToken(name, Role.WORKER, Bounds.NONE, Optional.empty()))));
        }
        assertEquals(ProblemCode.TOKEN_REFUSED, refusal(() -> {
            create(new NewToken("eu-1", Role.WORKER, Bounds.NONE, Optional.empty()));
            tokens.create(new NewToken("eu", Role.WORKER, Bounds.NONE, Optional.empty()));
        }));
    }

    @Test
    void requestsOutsideTheLimitsAreRefused() {
        List<Runnable> requests = List.of(
                () -> operator(""),
                () -> operator("x".repeat(201)),
                () -> operator("a\nb"),
                () -> new NewToken("w", Role.WORKER, new Bounds(Set.of(), true), Optional.empty()),
                () -> new NewToken("m", Role.VIEWER, new Bounds(Set.of(" "), false), Optional.empty()),
                () -> new NewToken("d", Role.VIEWER, Bounds.NONE, Optional.of(Duration.ZERO)),
                () -> new NewToken("d", Role.VIEWER, Bounds.NONE, days(3_651)));
        for (Runnable request : requests) {
            assertEquals(ProblemCode.MALFORMED, refusal(request));
        }
        for (String cursor : List.of("", "%", "eA")) {
            assertEquals(ProblemCode.MALFORMED, refusal(() -> tokens.page(Optional.of(cursor), 1)));
        }
        assertNotEquals(
                create(operator("same")).secret(), create(operator("same")).secret());
    }

    @Test
    void theAdminTokenIsListedAndNotRevoked() {
        assertEquals(List.of("admin"), ids(tokens.page(Optional.empty(), 10)));
        assertEquals(ProblemCode.TOKEN_REFUSED, refusal(() -> tokens.revoke("admin")));
    }

    private static List<String> ids(TokenPage page) {
        return page.tokens().stream().map(token -> token.principal().id()).toList();
    }

    private static Optional<Instant> lastUse(Tokens server, IssuedToken issued) {
        return server.page(Optional.empty(), 10).tokens().stream()
                .filter(token -> token.principal().equals(issued.token().principal()))
                .findFirst()
                .map(Token::lastUsedAt);
    }

    private static NewToken operator(String name) {
        return new NewToken(name, Role.OPERATOR, Bounds.NONE, Optional.empty());
    }

    private static Optional<Duration> days(int days) {
        return Optional.of(Duration.ofDays(days));
    }

    private IssuedToken create(NewToken request) {
        return tokens.create(request).toCompletableFuture().join();
    }

    private static ProblemCode refusal(Runnable request) {
        return assertThrows(ProblemException.class, request::run).code();
    }

    /** Another server with the same store. */
    private Tokens another() throws IOException {
        return Tokens.in(folder.resolve("other"), () -> store.map(found -> found), () -> now);
    }

    private Tokens restarted() {
        try {
            return Tokens.in(folder, () -> store.map(found -> found), () -> now);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
