package dev.pawl.samples.matroska;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.TaskContext;
import dev.pawl.process.ProgramOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The output of a program of MKVToolNix in {@code --gui-mode}: its progress becomes that of the task, its warnings and errors become lines of the
 * log, and everything else lines for those who look closer.
 */
final class GuiOutput implements ProgramOutput {

    private static final String PROGRESS = "#GUI#progress ";
    private static final String WARNING = "#GUI#warning ";
    private static final String ERROR = "#GUI#error ";

    private final TaskContext task;
    private final List<String> errors = new ArrayList<>();

    GuiOutput(TaskContext task) {
        this.task = task;
    }

    @Override
    public void line(Source source, String line) {
        if (line.startsWith(PROGRESS)) {
            progress(line.substring(PROGRESS.length()));
        } else if (line.startsWith(WARNING)) {
            task.warning(line.substring(WARNING.length()));
        } else if (line.startsWith(ERROR)) {
            String error = line.substring(ERROR.length());
            errors.add(error);
            task.error(error);
        } else if (!line.isBlank() && !line.startsWith("#GUI#")) {
            task.log(LogLevel.DEBUG, line);
        }
    }

    /** The errors it named, in its own words. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    private void progress(String percent) {
        try {
            task.progress(Integer.parseInt(percent.replace("%", "").trim()), Map.of());
        } catch (NumberFormatException notANumber) {
            task.log(LogLevel.DEBUG, percent);
        }
    }
}
