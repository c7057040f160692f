package dev.pawl.scheduler.child;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.TaskFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that a task may reach, as the server at the other end judges them. */
final class ChildFiles implements TaskFiles {

    private final ChildChannel channel;

    ChildFiles(ChildChannel channel) {
        this.channel = channel;
    }

    @Override
    public List<Path> roots() {
        return channel.ask(Map.of("type", "ask", "about", "roots")).get("value") instanceof List<?> roots
                ? roots.stream().map(root -> Path.of(String.valueOf(root))).toList()
                : List.of();
    }

    @Override
    public Path real(Path path) throws IOException {
        return Path.of(judged("real", path));
    }

    @Override
    public Path entry(Path path) throws IOException {
        return Path.of(judged("entry", path));
    }

    @Override
    public Path declareOutput(Path path) throws IOException {
        return Path.of(judged("declare", path));
    }

    @Override
    public boolean isDeclaredOutput(Path path) throws IOException {
        return Boolean.parseBoolean(judged("declared", path));
    }

    private String judged(String about, Path path) throws IOException {
        Map<String, Object> answer = channel.ask(Map.of("type", "ask", "about", about, "name", path.toString()));
        if (answer.get("error") instanceof String error) {
            throw Boolean.TRUE.equals(answer.get("refused"))
                    ? new FileRefusedException(path, error)
                    : new IOException(error);
        }
        return String.valueOf(answer.get("value"));
    }
}
