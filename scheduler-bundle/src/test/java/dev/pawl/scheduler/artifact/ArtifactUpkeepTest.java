package dev.pawl.scheduler.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.file.FileTree;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.RunMove;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The removal of artifacts. */
class ArtifactUpkeepTest {

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
    void thoseOfTheJobsThatEndedFirstGoWhenThereAreTooMany() throws Exception {
        Job runs = fixture.running();
        fixture.leave(runs, "a", "x".repeat(300));
        fixture.write(
                runs,
                new RunMove.NextTask(fixture.clock.instant()),
                fixture.take(runs).artifacts());
        Job first = fixture.ended("a", "x".repeat(400));
        Job second = fixture.ended("a", "x".repeat(400));
        fixture.parts().upkeep().limit();
        assertEquals(List.of(), fixture.paths(first));
        assertEquals(0, fixture.files(first));
        assertEquals(List.of("a"), fixture.paths(second));
        assertEquals(List.of("a"), fixture.paths(runs));
        assertEquals(700, fixture.records.bytes());
        assertTrue(fixture.jobs.find(first.id()).isPresent());
    }

    @Test
    void filesOfRemovedJobsAreDeletedAlsoByTheNextProcess() throws Exception {
        Job job = fixture.ended("a", "x");
        fixture.jobs.remove(job.id()).toCompletableFuture().join();
        assertEquals(1, fixture.files(job));
        assertEquals(List.of(job.id()), fixture.records.removed(10));
        fixture.parts().upkeep().deleteRemoved();
        assertFalse(Files.exists(fixture.root.resolve(job.id().toString())));
        assertEquals(List.of(), fixture.records.removed(10));
        assertEquals(0, fixture.records.bytes());
    }

    @Test
    void filesWithoutRecordsAndRecordsWithoutFilesGo() throws Exception {
        Job lost = fixture.ended("a", "x");
        Job kept = fixture.ended("a", "x");
        FileTree.delete(fixture.root.resolve(lost.id().toString()));
        Path orphan =
                Files.createDirectories(fixture.root.resolve(UUID.randomUUID().toString()));
        Path ofARun = Files.createDirectories(fixture.root.resolve("00000000-0000-4000-8000-000000000001"));
        fixture.parts().upkeep().reconcile(job -> ofARun.endsWith(job.toString()));
        assertFalse(Files.exists(orphan));
        assertTrue(Files.exists(ofARun));
        assertEquals(List.of(), fixture.paths(lost));
        assertEquals(List.of("a"), fixture.paths(kept));
        assertEquals(1, fixture.files(kept));
    }

    @Test
    void recordsStayWhenTheWholeFolderIsMissing() throws Exception {
        Job job = fixture.ended("a", "x");
        FileTree.delete(fixture.root);
        fixture.parts().upkeep().reconcile(id -> false);
        assertEquals(List.of("a"), fixture.paths(job));
    }
}
