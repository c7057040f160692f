package dev.pawl.it.framework;

import static dev.pawl.it.framework.ModuleUnderChange.LONG;
import static dev.pawl.it.framework.ModuleUnderChange.by;
import static dev.pawl.it.framework.ModuleUnderChange.later;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Changes of a module that coincide with many jobs, with other changes, and with reads of its state. */
class MeetingChangesIT {

    @TempDir
    static Path folder;

    @RegisterExtension
    static final ModuleUnderChange module = new ModuleUnderChange(() -> folder);

    @Test
    void twoHundredQueuedJobsOutliveAnUpdate() {
        List<String> jobs =
                IntStream.range(0, 200).mapToObj(i -> module.begin(2)).toList();
        module.install("2.0.0", UpdateMode.MOVE);
        module.install("3.0.0", UpdateMode.FINISH);
        jobs.forEach(id -> module.assertWhole(id, 2));
        assertEquals("3.0.0", module.leftInTheEnd());
    }

    @Test
    void oneOfTwoUploadsAtOnceComesAfterTheOther() {
        String job = module.beginAndAwaitAStep();
        CompletableFuture<Deployed> second = later(() -> module.install("2.0.0", UpdateMode.MOVE));
        CompletableFuture<Deployed> third = later(() -> module.install("3.0.0", UpdateMode.MOVE));

        List<String> former = Stream.of(
                        second.join().formerVersion(), third.join().formerVersion())
                .sorted()
                .toList();
        String now = module.deployment().version();
        assertEquals(now.equals("3.0.0") ? List.of("1.0.0", "2.0.0") : List.of("1.0.0", "3.0.0"), former);
        assertEquals(now, module.leftInTheEnd());
        module.assertWhole(job, LONG);
    }

    @Test
    void theFolderAndAnUploadAtOnceEndInOneOfThem() throws IOException {
        String job = module.beginAndAwaitAStep();
        Path modules = Files.createDirectories(module.data().resolve("modules"));
        CompletableFuture<Deployed> upload = later(() -> module.install("2.0.0", UpdateMode.MOVE));
        Path part = Files.copy(module.jar("3.0.0"), modules.resolve("steps.part"));
        Path dropped = Files.move(part, modules.resolve("steps.jar"), StandardCopyOption.ATOMIC_MOVE);
        upload.join();

        Eventually.eventually("both were made", () -> module.deployer().history("steps", 2).stream()
                .map(line -> String.valueOf(line.to()))
                .sorted()
                .toList()
                .equals(List.of("2.0.0", "3.0.0")));
        assertEquals(module.deployment().version(), module.leftInTheEnd());
        module.assertWhole(job, LONG);
        Files.delete(dropped);
    }

    @Test
    void aModuleThatIsDisabledDuringAnUpdateIsDisabledOfTheNewVersion() {
        String job = module.beginAndAwaitAStep();
        CompletableFuture<Deployed> update = later(() -> module.install("2.0.0", UpdateMode.MOVE));
        Deployed disabled = module.deployer().disable("steps", by(UpdateMode.MOVE));
        update.join();

        assertEquals(Deployed.Change.DISABLED, disabled.change());
        assertEquals("2.0.0", module.deployment().version());
        assertEquals(false, module.deployment().enabled());
        assertEquals(ReasonCode.MODULE_DISABLED, module.why(job));
        module.deployer().enable("steps", by(UpdateMode.MOVE));
        module.assertWhole(job, LONG);
    }

    @Test
    void whoAsksForAModuleWhileItIsDisabledAndEnabledAlwaysGetsAnAnswer() {
        AtomicBoolean changing = new AtomicBoolean(true);
        CompletableFuture<Integer> asking = later(() -> {
            int asked = 0;
            while (changing.get()) {
                assertEquals(
                        3,
                        module.catalog()
                                .module("steps")
                                .orElseThrow()
                                .inputs()
                                .fields()
                                .size());
                asked++;
            }
            return asked;
        });
        for (int n = 1; n <= 25; n++) {
            module.deployer().disable("steps", by(UpdateMode.MOVE));
            module.deployer().enable("steps", by(UpdateMode.MOVE));
        }
        changing.set(false);
        assertTrue(asking.join() > 25);
    }
}
