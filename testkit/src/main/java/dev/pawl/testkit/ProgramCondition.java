package dev.pawl.testkit;

import java.io.File;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks for the programs of a {@link NeedsProgram}. */
final class ProgramCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing =
                context.getElement().map(ProgramCondition::missing).orElse(List.of());
        return missing.isEmpty()
                ? ConditionEvaluationResult.enabled("all programs are there")
                : ConditionEvaluationResult.disabled("not installed: " + String.join(", ", missing));
    }

    /** The programs that a test class or method needs, and that are not there. */
    static List<String> missing(AnnotatedElement test) {
        NeedsProgram needs = test.getAnnotation(NeedsProgram.class);
        return needs == null
                ? List.of()
                : Arrays.stream(needs.value())
                        .filter(program -> !isOnPath(program))
                        .toList();
    }

    private static boolean isOnPath(String program) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
