package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ServerModule;
import dev.pawl.service.store.ServerModule.State;
import dev.pawl.service.store.SharedDeployments;
import dev.pawl.service.store.StoreServer;
import dev.pawl.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deployments of two servers on one database: their jars, their turns, and what they say of themselves. */
@ExtendWith(TestDatabase.class)
class SharedDeploymentsTest {

    private static final String DIGEST = "ab".repeat(32);

    @RegisterExtension
    private final TwoStores stores = new TwoStores();

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void makeAJarOfThreeParts() throws Exception {
        byte[] bytes = new byte[(1 << 20) + 17];
        new Random(1).nextBytes(bytes);
        jar = Files.write(folder.resolve("module.jar"), bytes);
    }

    private static Deployment deployment(String sha256) {
        return new Deployment(
                "com.example.hello",
                "1.0.0",
                sha256,
                List.of(new ModuleIdentity("hello", "Hello")),
                Origin.API,
                null,
                true,
                Instant.EPOCH,
                "admin",
                null);
    }

    private static SharedDeployments shared(PostgresStore store) {
        return new PostgresDeployments(store).shared().orElseThrow();
    }

    @Test
    void aServerWhoseTurnAnotherOneHadSinceIsRefusedItsChanges() {
        PostgresDeployments late = new PostgresDeployments(stores.first);
        SharedDeployments other = shared(stores.second);
        assertTrue(late.shared().orElseThrow().takeTurn(Duration.ZERO));
        await(late.put(deployment(DIGEST)));
        eventually(() -> assertTrue(other.takeTurn(Duration.ofMinutes(1)), "the time of the first one is over"));

        assertRefused(late.put(deployment("cd".repeat(32))));
        assertRefused(late.remove("com.example.hello"));
        other.endTurn();
        assertRefused(late.prune("com.example.hello", 0));
        assertEquals(DIGEST, late.current().get(0).sha256());

        late.shared().orElseThrow().endTurn();
        assertTrue(late.shared().orElseThrow().takeTurn(Duration.ofMinutes(1)));
        assertTrue(await(late.remove("com.example.hello")));
    }

    private static void assertRefused(CompletionStage<?> change) {
        ExecutionException refusal = assertThrows(
                ExecutionException.class, () -> change.toCompletableFuture().get());
        assertEquals(ProblemCode.MODULES_BUSY, ((ProblemException) refusal.getCause()).code());
    }

    @Test
    void aJarThatOneServerKeepsIsFetchedByTheOther() throws Exception {
        Path fetched = folder.resolve("fetched.jar");
        assertFalse(shared(stores.second).fetchJar(DIGEST, fetched));

        shared(stores.first).keepJar(DIGEST, jar);

        assertTrue(shared(stores.second).fetchJar(DIGEST, fetched));
        assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(fetched));
    }

    @Test
    void twoServersThatKeepTheSameJarAtOnceKeepItOnce() throws Exception {
        SharedDeployments first = shared(stores.first);
        SharedDeployments second = shared(stores.second);
        CompletableFuture<Void> both = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> first.keepJar(DIGEST, jar)),
                CompletableFuture.runAsync(() -> second.keepJar(DIGEST, jar)));
        await(both);

        Path fetched = folder.resolve("fetched.jar");
        assertTrue(first.fetchJar(DIGEST, fetched));
        assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(fetched));
    }

    @Test
    void onlyAJarThatNoDeploymentNamesIsForgotten() {
        SharedDeployments jars = shared(stores.first);
        String unnamed = "cd".repeat(32);
        jars.keepJar(DIGEST, jar);
        jars.keepJar(unnamed, jar);
        await(new PostgresDeployments(stores.first).put(deployment(DIGEST)));

        jars.forgetJars(Duration.ofHours(1));
        assertTrue(jars.fetchJar(unnamed, folder.resolve("soon")), "its deployment may be under way");

        jars.forgetJars(Duration.ZERO);
        assertFalse(jars.fetchJar(unnamed, folder.resolve("later")));
        assertTrue(jars.fetchJar(DIGEST, folder.resolve("named")));
    }

    @Test
    void eachChangeOfOneServerIsSeenByTheNumberOfTheOther() {
        PostgresDeployments first = new PostgresDeployments(stores.first);
        PostgresDeployments second = new PostgresDeployments(stores.second);
        SharedDeployments seen = second.shared().orElseThrow();
        long before = seen.changes();

        await(first.put(deployment(DIGEST)));
        assertEquals(before + 1, seen.changes());
        assertEquals(List.of(deployment(DIGEST)), second.current());

        await(first.remove("com.example.hello"));
        assertEquals(before + 2, seen.changes());
    }

    @Test
    void oneServerHasTheTurnUntilItEndsItOrItsLeaseIsOver() throws Exception {
        SharedDeployments first = shared(stores.first);
        SharedDeployments second = shared(stores.second);

        assertTrue(first.takeTurn(Duration.ofMinutes(1)));
        assertTrue(first.takeTurn(Duration.ofMinutes(1)), "it has it");
        assertFalse(second.takeTurn(Duration.ofMinutes(1)));

        first.endTurn();
        assertTrue(second.takeTurn(Duration.ofMinutes(1)));
        assertFalse(first.takeTurn(Duration.ofMinutes(1)));

        TestDatabase.run("UPDATE servers SET lease_until = 0 WHERE owner = " + stores.second.owner());
        assertTrue(first.takeTurn(Duration.ofMinutes(1)));
    }

    @Test
    void aServerThatHangsLosesItsTurnInTime() {
        SharedDeployments first = shared(stores.first);
        SharedDeployments second = shared(stores.second);

        assertTrue(first.takeTurn(Duration.ZERO));

        Eventually.eventually("is over", () -> second.takeTurn(Duration.ofMinutes(1)));
        first.endTurn();
        assertFalse(first.takeTurn(Duration.ofMinutes(1)), "it ends its own alone");
    }

    @Test
    void whatAServerSaysOfItsModulesHoldsAsLongAsItsLease() throws Exception {
        SharedDeployments first = shared(stores.first);
        SharedDeployments second = shared(stores.second);
        ServerModule serving = new ServerModule("a", "1.0.0", DIGEST, State.SERVING, "");
        ServerModule failed = new ServerModule("b", "1.0.0", DIGEST, State.FAILED, "It does not start.");

        first.report(List.of(serving, failed));
        second.report(List.of(serving));
        first.report(List.of(failed));

        List<StoreServer> servers = new PostgresServers(stores.second).servers();
        assertEquals(
                Set.of(List.of(failed), List.of(serving)),
                servers.stream().map(StoreServer::modules).collect(Collectors.toSet()));
        StoreServer asked =
                servers.stream().filter(StoreServer::isThis).findFirst().orElseThrow();
        assertEquals(List.of(serving), asked.modules());
        assertTrue(asked.leaseAge().compareTo(Duration.ofSeconds(15)) < 0, asked::toString);

        TestDatabase.run("UPDATE servers SET lease_until = 0 WHERE owner = " + stores.second.owner());
        assertEquals(
                List.of(List.of(failed)),
                new PostgresServers(stores.first)
                        .servers().stream().map(StoreServer::modules).toList());
    }
}
