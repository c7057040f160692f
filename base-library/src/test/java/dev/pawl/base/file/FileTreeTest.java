package dev.pawl.base.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

    @TempDir
    Path folder;

    @Test
    void aFolderGoesWithAllThatIsInItButNotWithWhatLinksLeadTo() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.writeString(kept.resolve("file"), "kept");
        Path root = folder.resolve("root");
        Files.createDirectories(root.resolve("a/b/c"));
        Files.writeString(root.resolve("a/b/file"), "gone");
        Files.createSymbolicLink(root.resolve("a/link"), kept);

        FileTree.delete(root);

        assertFalse(Files.exists(root));
        assertTrue(Files.exists(kept.resolve("file")));
    }

    @Test
    void aLinkGoesItself() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), kept);

        FileTree.delete(link);

        assertTrue(Files.exists(kept));
        assertFalse(Files.isSymbolicLink(link));
    }

    @Test
    void nothingIsDeletedWhereNothingIs() {
        assertDoesNotThrow(() -> FileTree.delete(folder.resolve("absent")));
    }
}
