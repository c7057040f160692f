package dev.pawl.cli.develop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the line of the project's sources in a stack trace. */
final class FailurePlace {

    private static final Pattern FRAME =
            Pattern.compile("\\s+at (?:[^\\s(]*/)?([\\w$.]+)\\.[\\w$<>-]+\\((\\w+\\.(?:java|kt)):(\\d+)\\)");

    private final ProjectFile project;

    FailurePlace(ProjectFile project) {
        this.project = project;
    }

    /** The first frame in a source of the project, as a problem with this message. */
    Optional<Problem> of(String stack, String message) {
        for (String line : stack.lines().toList()) {
            Matcher frame = FRAME.matcher(line);
            if (frame.matches()) {
                Optional<Path> source = source(frame.group(1), frame.group(2));
                if (source.isPresent()) {
                    return Optional.of(new Problem(true, source.get(), Long.parseLong(frame.group(3)), 0, message));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Path> source(String type, String file) {
        String folder =
                type.contains(".") ? type.substring(0, type.lastIndexOf('.')).replace('.', '/') : "";
        for (String language : new String[] {"java", "kotlin"}) {
            Path source = project.main().resolve(language).resolve(folder).resolve(file);
            if (Files.isRegularFile(source)) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }
}
