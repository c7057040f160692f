package dev.pawl.samples.matroska;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.process.Exit;
import dev.pawl.process.Program;
import dev.pawl.process.ProgramOutput;
import dev.pawl.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The programs of MKVToolNix. They read their arguments from a file: on a command line any argument that begins with {@code @} would name such a
 * file, whether it is an option's value or not, and hundreds of attachments would not fit.
 */
final class Mkvtoolnix {

    private static final int COMPLETED_WITH_WARNINGS = 1;
    private static final int MOST_CHARACTERS = 16 << 20;

    private final TaskContext task;

    Mkvtoolnix(TaskContext task) {
        this.task = task;
    }

    /** Describes the contents of a file. */
    Identification identify(Tool mkvmerge, Path file) throws IOException, InterruptedException, RunException {
        JsonOutput output = new JsonOutput();
        Exit exit = call(mkvmerge, List.of("--identification-format", "json", "--identify", file.toString()), output);
        Map<String, Object> json;
        try {
            json = JSON.std.mapFrom(output.text.toString());
        } catch (IOException notJson) {
            throw new RunException(mkvmerge.name() + " " + exit.sentence(), notJson);
        }
        if (exit.code() > COMPLETED_WITH_WARNINGS) {
            throw new RunException(said(json));
        }
        return Identification.of(json);
    }

    /**
     * Describes the contents of a file that an input names.
     *
     * @throws ValidationException when it cannot be read as a media file
     */
    Identification examine(Tool mkvmerge, String input, String name, Path file) throws ValidationException {
        try {
            Identification contents = identify(mkvmerge, file);
            if (!contents.isRecognized()) {
                throw new ValidationException(
                        input + " is \"" + name + "\", which is of no type that mkvmerge supports.");
            }
            if (contents.isPlaylist()) {
                throw new ValidationException(input + " is \"" + name
                        + "\", a playlist, which names other files; name the files themselves.");
            }
            return contents;
        } catch (RunException e) {
            throw new ValidationException(input + " is \"" + name + "\": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ValidationException("mkvmerge could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The error of mkvmerge about an option that it does not know. */
    String errorAbout(Tool mkvmerge, String option) throws ValidationException {
        ProgramOutput.Captured output = ProgramOutput.capture(MOST_CHARACTERS);
        String unused = task.workDir().resolve("unused").toString();
        try {
            call(mkvmerge, List.of("--output", unused, option), output);
        } catch (IOException e) {
            throw new ValidationException("mkvmerge could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return output.out().replaceAll("(?s).*Error: ", "").strip();
    }

    /**
     * Runs a program to its end.
     *
     * @throws RunException with the program's own words when it failed
     */
    void run(Tool program, List<String> arguments) throws IOException, InterruptedException, RunException {
        GuiOutput output = new GuiOutput(task);
        Exit exit = call(program, arguments, output);
        if (exit.code() == COMPLETED_WITH_WARNINGS) {
            task.warning(program.name() + " completed with warnings.");
        } else if (!exit.isSuccess()) {
            throw new RunException(
                    output.errors().isEmpty()
                            ? program.name() + " " + exit.sentence()
                            : program.name() + ": " + String.join("\n", output.errors()));
        }
    }

    private Exit call(Tool program, List<String> arguments, ProgramOutput output)
            throws IOException, InterruptedException {
        Path options = task.workDir().resolve("options-" + task.taskIndex() + ".json");
        Files.writeString(options, JSON.std.asString(arguments));
        return Program.of(program.path(), List.of("@" + options))
                .folder(task.workDir())
                .run(task, output);
    }

    private static ValidationException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ValidationException("The task was interrupted while mkvmerge ran.", e);
    }

    private static String said(Map<String, Object> json) {
        Object errors = json.get("errors");
        return errors instanceof List<?> list && !list.isEmpty()
                ? list.get(0).toString().strip()
                : "mkvmerge could not read the file.";
    }

    /** The JSON of a description, without the lines that may be too long to be read whole. */
    private static final class JsonOutput implements ProgramOutput {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void line(Source source, String line) {
            boolean isCodecData = line.contains("\"codec_private_data\"");
            if (source == Source.OUT && !isCodecData && text.length() < MOST_CHARACTERS) {
                text.append(line).append('\n');
            }
        }
    }
}
