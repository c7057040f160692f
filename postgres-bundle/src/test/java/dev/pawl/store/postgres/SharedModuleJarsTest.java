package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.Deployment.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Jars and deployments of two servers on one database. */
@ExtendWith(TestDatabase.class)
class SharedModuleJarsTest {

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

    @Test
    void aJarThatOneServerKeepsIsFetchedByTheOther() throws Exception {
        Path fetched = folder.resolve("fetched.jar");
        assertFalse(new PostgresModuleJars(stores.second).fetch(DIGEST, fetched));

        new PostgresModuleJars(stores.first).keep(DIGEST, jar);

        assertTrue(new PostgresModuleJars(stores.second).fetch(DIGEST, fetched));
        assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(fetched));
    }

    @Test
    void twoServersThatKeepTheSameJarAtOnceKeepItOnce() throws Exception {
        PostgresModuleJars first = new PostgresModuleJars(stores.first);
        PostgresModuleJars second = new PostgresModuleJars(stores.second);
        CompletableFuture<Void> both = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> first.keep(DIGEST, jar)),
                CompletableFuture.runAsync(() -> second.keep(DIGEST, jar)));
        await(both);

        Path fetched = folder.resolve("fetched.jar");
        assertTrue(first.fetch(DIGEST, fetched));
        assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(fetched));
    }

    @Test
    void onlyAJarThatNoDeploymentNamesIsForgotten() {
        PostgresModuleJars jars = new PostgresModuleJars(stores.first);
        String unnamed = "cd".repeat(32);
        jars.keep(DIGEST, jar);
        jars.keep(unnamed, jar);
        await(new PostgresDeployments(stores.first).put(deployment(DIGEST)));

        jars.forgetUnnamed(Duration.ofHours(1));
        assertTrue(jars.fetch(unnamed, folder.resolve("soon")), "its deployment may be under way");

        jars.forgetUnnamed(Duration.ZERO);
        assertFalse(jars.fetch(unnamed, folder.resolve("later")));
        assertTrue(jars.fetch(DIGEST, folder.resolve("named")));
    }

    @Test
    void eachChangeOfOneServerIsSeenByTheNumberOfTheOther() {
        PostgresDeployments first = new PostgresDeployments(stores.first);
        PostgresDeployments second = new PostgresDeployments(stores.second);
        long before = second.changes();

        await(first.put(deployment(DIGEST)));
        assertEquals(before + 1, second.changes());
        assertEquals(List.of(deployment(DIGEST)), second.current());

        await(first.remove("com.example.hello"));
        assertEquals(before + 2, second.changes());
    }
}
