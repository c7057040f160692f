package dev.pawl.samples.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DamagedArchiveTest extends BackupTest {

    private String verifying(Path archive) {
        return refusal(Map.of("action", "verify", "archive", archive.toString()));
    }

    private Path made() throws IOException {
        byte[] content = new byte[200_000];
        new Random(1).nextBytes(content);
        Files.write(source.resolve("a"), content);
        Files.writeString(source.resolve("b"), "some text");
        return backUp();
    }

    @Test
    void aChangedByteAnywhereIsFound() throws IOException {
        Path archive = made();
        byte[] sound = Files.readAllBytes(archive);
        Path changed = archives.resolve("changed.tar.zst");
        Random random = new Random(2);
        for (int n = 0; n < 40; n++) {
            byte[] bytes = sound.clone();
            int place = 4 + random.nextInt(bytes.length - 8);
            bytes[place] = (byte) (bytes[place] ^ (1 << random.nextInt(8)));
            Files.write(changed, bytes);
            HarnessRun run = job(BackupModule::new, Map.of("action", "verify", "archive", changed.toString()))
                    .run();
            assertEquals(Outcome.RUN_FAILED, run.outcome(), "byte " + place);
            assertTrue(String.valueOf(run.thrown()).contains("is damaged"), () -> run.thrown() + " at byte " + place);
        }
    }

    @Test
    void aChangedFileIsNamed() throws IOException {
        byte[] tar;
        try (InputStream in = new ZstdInputStream(Files.newInputStream(made()))) {
            tar = in.readAllBytes();
        }
        int place = new String(tar, StandardCharsets.ISO_8859_1).indexOf("some text");
        tar[place] = 'S';
        Path changed = archives.resolve("changed.tar.zst");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(changed))) {
            out.write(tar);
        }

        String message = verifying(changed);

        assertTrue(message.contains("  data/b\" where the archive has \""), message);
    }

    @Test
    void anArchiveThatIsCutOffIsDamaged() throws IOException {
        Path archive = made();
        byte[] sound = Files.readAllBytes(archive);
        Path cut = archives.resolve("cut.tar.zst");
        for (int length : new int[] {0, 3, 100, sound.length / 2, sound.length - 100, sound.length - 1}) {
            Files.write(cut, Arrays.copyOf(sound, length));
            assertTrue(verifying(cut).contains("is damaged"), "cut at " + length);
        }
        Files.writeString(cut, "no archive at all");
        assertTrue(verifying(cut).contains("is damaged"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "data/../../out", "/out", "data/link/out", "data/a/../../out", "data/./../out"})
    void noEntryGetsOutOfTheFolder(String name) throws IOException {
        Path archive = archives.resolve("evil.tar.zst");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new ZstdOutputStream(Files.newOutputStream(archive)))) {
            TarArchiveEntry link = new TarArchiveEntry("data/link", TarConstants.LF_SYMLINK);
            link.setLinkName(root.toString());
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(3);
            tar.putArchiveEntry(entry);
            tar.write(new byte[3]);
            tar.closeArchiveEntry();
        }
        Path into = Files.createDirectory(root.resolve("into"));

        String message = refusal(Map.of("action", "restore", "archive", archive.toString(), "into", into.toString()));

        assertTrue(message.contains("which would not come to lie in the folder; nothing was restored"), message);
        assertEquals(List.of(), names(into));
        assertFalse(Files.exists(root.resolve("out")));
    }

    @Test
    void aFolderThatIsNotEmptyIsNotRestoredInto() throws IOException {
        Path archive = made();

        assertTrue(refusal(Map.of("action", "restore", "archive", archive.toString(), "into", source.toString()))
                .contains("which is not empty"));
    }
}
