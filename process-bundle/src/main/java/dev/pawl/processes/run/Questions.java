package dev.pawl.processes.run;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.processes.protocol.Message;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers questions about the task that only the server can judge. */
final class Questions {

    private Questions() {}

    /** The answer, with a value or an error; what ends the task is thrown. */
    static Map<String, @Nullable Object> answer(TaskContext task, Message.Ask question) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("type", "answer");
        answer.put("id", question.id());
        try {
            answer.put("value", value(task, question));
        } catch (FileRefusedException e) {
            answer.put("error", String.valueOf(e.getReason()));
            answer.put("refused", true);
        } catch (IOException | InvalidPathException e) {
            answer.put("error", String.valueOf(e.getMessage()));
        }
        return answer;
    }

    private static Object value(TaskContext task, Message.Ask question) throws IOException {
        Path path = Path.of(question.name());
        return switch (question.about()) {
            case "roots" -> texts(task.files().roots());
            case "real" -> task.files().real(path).toString();
            case "entry" -> task.files().entry(path).toString();
            case "declare" -> task.files().declareOutput(path).toString();
            case "declared" -> task.files().isDeclaredOutput(path);
            case "artifacts" -> artifacts(task.artifacts());
            default -> throw new IOException("Nothing is known about \"" + question.about() + "\".");
        };
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    private static Map<String, String> artifacts(Map<String, Path> files) {
        Map<String, String> texts = new LinkedHashMap<>();
        files.forEach((name, file) -> texts.put(name, file.toString()));
        return texts;
    }
}
