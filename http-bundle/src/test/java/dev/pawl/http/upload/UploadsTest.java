package dev.pawl.http.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadsTest {

    @TempDir
    Path folder;

    @Test
    void whatAnEarlierProcessLeftIsRemoved() throws IOException {
        Files.writeString(folder.resolve("upload1.part"), "x");
        Files.writeString(folder.resolve("other.jar"), "x");
        new Uploads(folder).clear();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("other.jar")), left.toList());
        }
        new Uploads(folder.resolve("missing")).clear();
    }

    @Test
    void aClosedUploadIsGone() throws IOException {
        Path file = Files.writeString(folder.resolve("upload1.part"), "x");
        Upload upload = new Upload(file);
        upload.close();
        upload.close();
        assertFalse(Files.exists(file));
    }
}
