package dev.pawl.scheduler.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.store.RunMove;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The taking over of artifacts, with a process that dies at any step, and of names and files of every kind. */
class ArtifactKeeperTest {

    @TempDir
    Path dir;

    private ArtifactFixture fixture;

    @BeforeEach
    void open() {
        fixture = new ArtifactFixture(dir, 1_000);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aProcessThatDiesBeforeTheRecordsLeavesTheNextRunEverything() throws Exception {
        Job job = fixture.running();
        Path file = fixture.leave(job, "a.txt", "first");
        fixture.take(job);
        assertEquals(1, fixture.files(job));
        fixture.jobs.recover(3, fixture.clock.instant()).toCompletableFuture().join();
        Job next = fixture.claimed();
        fixture.parts().keeper().prepare(next, fixture.work(next));
        assertEquals(0, fixture.files(job), "a file without a record");
        Files.writeString(file, "second");
        fixture.end(next, fixture.take(next).artifacts());
        assertEquals(6, fixture.records.list(job.id(), "", 10).get(0).size());
        assertEquals(1, fixture.files(job));
    }

    @Test
    void aProcessThatDiesAfterTheRecordsOfATaskLetsTheNextTaskChangeNothing() throws Exception {
        Job job = fixture.running();
        Path file = fixture.leave(job, "a.txt", "first");
        fixture.write(
                job,
                new RunMove.NextTask(fixture.clock.instant()),
                fixture.take(job).artifacts());
        fixture.jobs.recover(3, fixture.clock.instant()).toCompletableFuture().join();
        Job next = fixture.claimed();
        fixture.parts().keeper().prepare(next, fixture.work(next));
        assertFalse(Files.exists(file));
        assertEquals(List.of("a.txt"), fixture.paths(job));
        assertEquals(1, fixture.files(job));
    }

    @Test
    void aProcessThatDiesAfterTheEndOfTheJobKeepsNothingTwice() throws Exception {
        Job job = fixture.ended("a.txt", "first");
        JobArtifact before = fixture.records.list(job.id(), "", 10).get(0);
        assertTrue(fixture.parts().keeper().ofEnded(job, fixture.work(job)));
        assertTrue(fixture.parts().keeper().ofEnded(job, fixture.work(job)));
        assertEquals(List.of(before), fixture.records.list(job.id(), "", 10));
        assertEquals(1, fixture.files(job));
    }

    @Test
    void aProcessThatDiesWhileItTakesOverWhatAnEndedJobLeftDoesItAgain() throws Exception {
        Job job = fixture.running();
        fixture.leave(job, "a.txt", "first");
        fixture.end(job, List.of());
        Job ended = fixture.found(job);
        Files.createDirectories(fixture.root.resolve(job.id().toString()));
        Files.createLink(
                fixture.root.resolve(job.id().toString()).resolve("1-end-0"),
                fixture.work(job).resolve("artifacts/a.txt"));
        assertTrue(fixture.parts().keeper().ofEnded(ended, fixture.work(job)));
        assertEquals(List.of("a.txt"), fixture.paths(job));
        assertEquals(1, fixture.files(job));
    }

    @Test
    void aRunThatWasTakenOverRecordsNothing() throws Exception {
        Job job = fixture.running();
        fixture.leave(job, "a.txt", "first");
        List<JobArtifact> taken = fixture.take(job).artifacts();
        fixture.write(job, RunMove.Parked.of(ParkReason.INTERRUPTED, fixture.clock.instant()), List.of());
        fixture.claimed();
        assertThrows(RuntimeException.class, () -> fixture.end(job, taken));
        assertEquals(List.of(), fixture.paths(job));
    }

    @Test
    void artifactsOfAParkedRunAreRefusedWithTheEndThatParksIt() throws Exception {
        Job job = fixture.running();
        fixture.write(job, RunMove.Parked.of(ParkReason.INTERRUPTED, fixture.clock.instant()), List.of());
        fixture.leave(job, "a.txt", "first");
        List<JobArtifact> taken = fixture.take(job).artifacts();
        assertThrows(
                RuntimeException.class, () -> fixture.write(job, new RunMove.Stopped(fixture.clock.instant()), taken));
    }

    @Test
    void whatIsNoFileIsLeftOutByName() throws Exception {
        Job job = fixture.running();
        fixture.leave(job, "good.txt", "x");
        Path secret = Files.writeString(dir.resolve("secret"), "y");
        Path folder = fixture.artifacts(job);
        Files.createSymbolicLink(folder.resolve("link"), secret);
        Files.createSymbolicLink(folder.resolve("folder"), dir);
        Files.createSymbolicLink(folder.resolve("broken"), dir.resolve("nothing"));
        sh(folder, "mkfifo pipe");
        ArtifactKeeper.Taken taken = fixture.take(job);
        assertEquals(
                List.of("good.txt"),
                taken.artifacts().stream().map(JobArtifact::path).toList());
        assertEquals(
                List.of(
                        "The artifact broken is not kept: it is a link.",
                        "The artifact folder is not kept: it is a link.",
                        "The artifact link is not kept: it is a link.",
                        "The artifact pipe is not kept: it is no file."),
                taken.leftOut().stream().sorted().toList());
    }

    @Test
    void aFolderThatIsALinkLeavesNothing() throws Exception {
        Job job = fixture.running();
        Path other = Files.createDirectories(dir.resolve("other"));
        Files.writeString(other.resolve("secret"), "y");
        Files.createDirectories(fixture.work(job));
        Files.createSymbolicLink(fixture.work(job).resolve("artifacts"), other);
        assertEquals(List.of(), fixture.take(job).artifacts());
    }

    @Test
    void aFileWithOtherNamesIsCopiedSoThatNobodyChangesIt() throws Exception {
        Job job = fixture.running();
        Path elsewhere = Files.writeString(dir.resolve("elsewhere"), "before");
        Files.createLink(fixture.artifacts(job).resolve("a.txt"), elsewhere);
        JobArtifact taken = fixture.take(job).artifacts().get(0);
        Files.writeString(elsewhere, "after!");
        assertEquals(
                "before",
                Files.readString(fixture.root.resolve(job.id().toString()).resolve(taken.file())));
    }

    @Test
    void namesThatAreNotUtf8AreShownWithTheirBytes() throws Exception {
        Job job = fixture.running();
        sh(
                fixture.artifacts(job),
                "touch \"$(printf 'caf\\351')\" \"$(printf 'gr\\303\\274n')\" \"$(printf 'a\\nb')\" '100%'");
        assertEquals(
                List.of("100%", "a\nb", "caf%E9", "grün"),
                fixture.take(job).artifacts().stream()
                        .map(JobArtifact::path)
                        .sorted()
                        .toList());
    }

    @Test
    void aDeepTreeIsKept() throws Exception {
        Job job = fixture.running();
        String deep = "d/".repeat(500) + "file";
        fixture.leave(job, deep, "x");
        assertEquals(deep, fixture.take(job).artifacts().get(0).path());
    }

    @Test
    void aJobThatExceedsTheSettingAloneIsRefusedAndKeepsNothing() throws Exception {
        Job job = fixture.running();
        fixture.leave(job, "a", "x".repeat(600));
        fixture.leave(job, "b", "x".repeat(600));
        ArtifactsRefusedException refusal = assertThrows(ArtifactsRefusedException.class, () -> fixture.take(job));
        assertTrue(String.valueOf(refusal.getMessage()).contains("1200 bytes"), refusal.getMessage());
        assertTrue(String.valueOf(refusal.getMessage()).contains("PAWL_ARTIFACTS_MAX_MB"), refusal.getMessage());
        assertEquals(0, fixture.files(job));
    }

    @Test
    void aRunThatIsToEndLeavesNothingHalfTaken() throws Exception {
        Job job = fixture.running();
        fixture.leave(job, "a", "x");
        assertThrows(
                GivenUpException.class, () -> fixture.parts().keeper().ofTask(job, 0, fixture.work(job), () -> true));
        assertEquals(0, fixture.files(job));
        assertTrue(Files.exists(fixture.work(job).resolve("artifacts/a")));
    }

    private static void sh(Path folder, String script) throws Exception {
        int exit = new ProcessBuilder("/bin/sh", "-c", script)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        assertEquals(0, exit);
    }
}
