package dev.pawl.cli.develop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes of a project's files are noticed, however they are made. */
@Timeout(60)
class ProjectWatchTest {

    @TempDir
    Path folder;

    private ProjectFile project;
    private Path source;

    @BeforeEach
    void write() throws IOException {
        project = new ProjectFile(folder);
        source = folder.resolve("src/main/java/com/Sample.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "one");
        Files.writeString(project.pom(), "<project/>");
    }

    private Set<Path> changed(ProjectSnapshot former) throws IOException {
        return ProjectSnapshot.of(project).changedSince(former);
    }

    @Test
    void aFileThatIsRenamedOverAnotherIsAChangeAlsoWhenSizeAndTimeAreTheSame() throws Exception {
        FileTime time = Files.getLastModifiedTime(source);
        ProjectSnapshot before = ProjectSnapshot.of(project);
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, time);
        Files.move(other, source, StandardCopyOption.REPLACE_EXISTING);

        assertEquals(Set.of(source), changed(before));
    }

    @Test
    void whatEditorsKeepForThemselvesIsNoChange() throws Exception {
        ProjectSnapshot before = ProjectSnapshot.of(project);
        for (String name :
                new String[] {".Sample.java.swp", "Sample.java~", "4913", "#Sample.java#", ".#Sample.java"}) {
            Files.writeString(source.resolveSibling(name), "x");
        }
        Files.createDirectories(folder.resolve("target/classes"));
        Files.writeString(folder.resolve("target/classes/Sample.class"), "x");
        Files.createDirectories(folder.resolve("src/test/java"));
        Files.writeString(folder.resolve("src/test/java/SampleTest.java"), "x");

        assertEquals(Set.of(), changed(before));
    }

    @Test
    void newAndDeletedFilesAndThePomAreChanges() throws Exception {
        ProjectSnapshot before = ProjectSnapshot.of(project);
        Path added = Files.writeString(source.resolveSibling("Other.java"), "x");
        Files.delete(source);
        Files.writeString(project.pom(), "<project></project>");
        Path bnd = Files.writeString(folder.resolve("bnd.bnd"), "x");

        assertEquals(Set.of(added, source, project.pom(), bnd), changed(before));
    }

    @Test
    void aFileInAFolderThatWasMadeLaterIsNoticed() throws Exception {
        try (ProjectWatch watch = new ProjectWatch(project)) {
            ProjectSnapshot before = watch.look();
            Path added = folder.resolve("src/main/resources/deep/er/words.txt");
            Files.createDirectories(added.getParent());
            Files.writeString(added, "x");
            ProjectSnapshot after = watch.awaitChange(before);
            assertEquals(Set.of(added), after.changedSince(before));

            Files.writeString(added, "longer");
            assertEquals(Set.of(added), watch.awaitChange(after).changedSince(after));
        }
    }

    @Test
    void aBurstOfSavesIsOneChange() throws Exception {
        try (ProjectWatch watch = new ProjectWatch(project)) {
            ProjectSnapshot before = watch.look();
            for (int save = 0; save < 50; save++) {
                Files.writeString(source.resolveSibling("Sample" + save + ".java"), "x");
            }
            assertEquals(50, watch.awaitChange(before).changedSince(before).size());
        }
    }

    @Test
    void whoWaitsIsWokenWhenItIsClosed() throws Exception {
        ProjectWatch watch = new ProjectWatch(project);
        ProjectSnapshot now = watch.look();
        CompletableFuture<ProjectSnapshot> waiting = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                waiting.complete(watch.awaitChange(now));
            } catch (IOException | InterruptedException e) {
                waiting.completeExceptionally(e);
            }
        });
        thread.start();
        assertThrows(TimeoutException.class, () -> waiting.get(300, TimeUnit.MILLISECONDS));

        watch.close();

        assertTrue(assertThrows(ExecutionException.class, waiting::get).getCause() instanceof InterruptedException);
        thread.join();
    }
}
