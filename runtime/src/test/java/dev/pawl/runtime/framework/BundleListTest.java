package dev.pawl.runtime.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.runtime.start.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleListTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void fillFolder() throws Exception {
        Files.writeString(folder.resolve("b.jar"), "two");
        Files.writeString(folder.resolve("a.jar"), "one");
        Files.writeString(folder.resolve("notes.txt"), "no bundle");
    }

    @Test
    void jarsAreListedByName() throws Exception {
        assertEquals(
                List.of(folder.resolve("a.jar"), folder.resolve("b.jar")),
                BundleList.of(folder).files());
    }

    @Test
    void bundlesOfASettingAreListedOnlyWhenItHasAValue() throws Exception {
        Path own = Files.createDirectories(folder.resolve("with/pawl.some.setting"));
        Files.writeString(own.resolve("c.jar"), "three");
        Files.writeString(own.resolve("notes.txt"), "no bundle");

        BundleList with = BundleList.of(folder, "pawl.some.setting"::equals);

        assertEquals(List.of(folder.resolve("a.jar"), folder.resolve("b.jar"), own.resolve("c.jar")), with.files());
        assertEquals(
                2, BundleList.of(folder, "pawl.other.setting"::equals).files().size());
        assertNotEquals(BundleList.of(folder).fingerprint(), with.fingerprint());
    }

    @Test
    void bundlesThatASettingReplacesAreListedOnlyWhenItHasNone() throws Exception {
        Path replaced = Files.createDirectories(folder.resolve("without/pawl.some.setting"));
        Files.writeString(replaced.resolve("c.jar"), "three");

        assertEquals(
                List.of(folder.resolve("a.jar"), folder.resolve("b.jar"), replaced.resolve("c.jar")),
                BundleList.of(folder).files());
        assertEquals(
                2, BundleList.of(folder, "pawl.some.setting"::equals).files().size());
    }

    @Test
    void theFingerprintStaysWhileNothingChanges() throws Exception {
        assertEquals(BundleList.of(folder).fingerprint(), BundleList.of(folder).fingerprint());
    }

    @Test
    void aNewFileOfTheSameNameSizeAndTimeChangesTheFingerprint() throws Exception {
        Path jar = folder.resolve("a.jar");
        FileTime time = Files.getLastModifiedTime(jar);
        String before = BundleList.of(folder).fingerprint();

        Files.delete(jar);
        Files.writeString(jar, "new");
        Files.setLastModifiedTime(jar, time);

        assertNotEquals(before, BundleList.of(folder).fingerprint());
    }

    @Test
    void anEmptyFolderIsNoDistribution() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        StartException refused = assertThrows(StartException.class, () -> BundleList.of(empty));

        assertTrue(refused.sentence().startsWith("There are no bundles in " + empty));
    }
}
