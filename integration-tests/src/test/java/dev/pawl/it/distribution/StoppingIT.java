package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.chaos.ChaosModule;
import dev.pawl.it.modules.rogue.RogueModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers that clients get from a server that is stopping and waits for its jobs. */
class StoppingIT {

    @TempDir
    Path folder;

    @Test
    void aShutdownHookThatHangsIsNamedAndEndsWithTheProcess() throws IOException {
        Path data = folder.resolve("data");
        try (Server server = Server.start(data)) {
            Api api = server.api();
            api.upload(ModuleJar.of(RogueModule.class, "1.0.0", folder), "").expect(200);
            api.awaitEnd(api.start("rogue", Map.of("deed", "HANG_THE_END")));
            assertEquals(0, server.terminate());
        }
        String log = Files.readString(data.resolve("logs").resolve("pawl.log"));
        assertTrue(log.contains("The shutdown hook \"rogue-hook\""), log);
        assertTrue(log.contains("of bundle dev.pawl.it.modules.rogue 1.0.0"), log);
    }

    @Test
    void whoComesWhileTheServerStopsIsRefusedTheConnection() {
        Path javaHome = Path.of(System.getProperty("java.home"));
        Map<String, String> patience = Map.of("PAWL_STOP_GRACE", "3s", "PAWL_STOP_ABANDON", "1s");
        try (Server server = Server.start(folder.resolve("data"), javaHome, patience)) {
            Api api = server.api();
            api.upload(ModuleJar.of(ChaosModule.class, "1.0.0", folder), "").expect(200);
            String deaf = api.start("chaos", Map.of("steps", 1_000, "pause_ms", 100, "every", 0, "manner", "STUBBORN"));
            Eventually.eventually("work under way", () -> api.status(deaf).equals("running"));
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(server::terminate);
            Eventually.eventually("the server refuses requests", () -> isRefused(api));
            assertTrue(isRefused(api));
            assertEquals(0, exit.join());
        }
    }

    private static boolean isRefused(Api api) {
        try {
            assertEquals(200, api.get("/status/health").status());
            return false;
        } catch (UncheckedIOException refused) {
            return true;
        }
    }
}
