package dev.pawl.samples.backup;

import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The archives of a name in a folder. Those that this module has verified are noted, each in a document of the module, and only noted ones are ever
 * deleted: a file that merely has such a name, or was replaced since, stays.
 */
final class Series {

    private static final String ENDING = ".tar.zst";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final int HASH_CHARACTERS = 16;

    private final TaskContext task;
    private final Path folder;
    private final String name;

    private Series(TaskContext task, Path folder, String name) {
        this.task = task;
        this.folder = folder;
        this.name = name;
    }

    /** @param folder the real path of the folder */
    static Series of(TaskContext task, Path folder, String name) throws ValidationException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new ValidationException(
                    "name is \"" + name + "\"; it takes letters, digits, dots, hyphens and underscores.");
        }
        return new Series(task, folder, name);
    }

    /** The file of an archive that is made at a time. */
    Path file(Instant time) {
        return folder.resolve(name + "-" + TIME.format(time.atOffset(ZoneOffset.UTC)) + ENDING);
    }

    /** The archives that are there, the oldest first. */
    NavigableMap<Instant, Path> archives() throws IOException {
        NavigableMap<Instant, Path> archives = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    time(file).ifPresent(time -> archives.put(time, file));
                }
            }
        }
        return archives;
    }

    private Optional<Instant> time(Path file) {
        String text = file.getFileName().toString();
        if (!text.startsWith(name + "-") || !text.endsWith(ENDING)) {
            return Optional.empty();
        }
        try {
            String time = text.substring(name.length() + 1, text.length() - ENDING.length());
            return Optional.of(LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            return Optional.empty(); // of another series whose name begins alike
        }
    }

    /** Notes that an archive was verified. */
    static void note(TaskContext task, Path archive) throws IOException {
        task.data()
                .put(
                        document(archive),
                        Map.of(
                                "archive", archive.toString(),
                                "bytes", Files.size(archive),
                                "changed", Files.getLastModifiedTime(archive).toString(),
                                "verified_at",
                                        task.startTime().plus(task.elapsed()).toString()));
    }

    /** Whether an archive is the one that was noted. */
    boolean isNoted(Path archive) throws IOException {
        Optional<Map<String, Object>> note = task.data().get(document(archive));
        return note.isPresent()
                && archive.toString().equals(note.get().get("archive"))
                && String.valueOf(Files.size(archive))
                        .equals(String.valueOf(note.get().get("bytes")))
                && Files.getLastModifiedTime(archive)
                        .toString()
                        .equals(note.get().get("changed"));
    }

    /** Deletes a noted archive. */
    void delete(Path archive) throws IOException {
        Files.delete(task.files().entry(archive));
        task.data().delete(document(archive));
    }

    private static String document(Path archive) {
        byte[] digest =
                Manifest.sha256().digest(String.valueOf(archive.getParent()).getBytes(StandardCharsets.UTF_8));
        String folder = HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        return "verified-" + folder + "-" + archive.getFileName();
    }
}
