package dev.pawl.samples.handbrake;

import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files that HandBrake is to read; it must not be led from them to others that the task may not read. */
final class SourceFile {

    private static final int BEGINNING = 1024;
    private static final List<String> PLAYLISTS =
            List.of("#extm3u", "ffconcat", "[playlist]", "<mpd", "<smil", "v=0\r\n", "v=0\n");

    private final TaskContext task;
    private final NamedFiles named;

    SourceFile(TaskContext task, NamedFiles named) {
        this.task = task;
        this.named = named;
    }

    /** The source: a media file, or the folder of a disc. */
    Path find(String input, String name) throws ValidationException {
        if (Files.isDirectory(named.path(input, name))) {
            return folder(input, name);
        }
        Path file = file(input, name);
        if (named.isThere(file)) {
            refusePlaylist(input, name, file);
        }
        return file;
    }

    /** A file that is not the source, such as one of subtitles. */
    Path file(String input, String name) throws ValidationException {
        return named.source(input, name);
    }

    private Path folder(String input, String name) throws ValidationException {
        Path folder = named.sourceFolder(input, name);
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path link : (Iterable<Path>) entries.filter(Files::isSymbolicLink)::iterator) {
                task.files().real(link);
            }
        } catch (IOException e) {
            throw NamedFiles.refusal(input, name, e);
        }
        return folder;
    }

    /** A playlist names other files and hosts, and HandBrake would read them. */
    private static void refusePlaylist(String input, String name, Path file) throws ValidationException {
        try (InputStream in = Files.newInputStream(file)) {
            String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1)
                    .toLowerCase(Locale.ROOT)
                    .strip();
            boolean isMarkup = beginning.startsWith("<");
            if (PLAYLISTS.stream().anyMatch(mark -> isMarkup ? beginning.contains(mark) : beginning.startsWith(mark))) {
                throw new ValidationException(input + " is \"" + name
                        + "\", a playlist, which names other files; give a file that holds the video itself.");
            }
        } catch (IOException e) {
            throw NamedFiles.refusal(input, name, e);
        }
    }
}
